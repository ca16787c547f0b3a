import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cursorsAtEnd, listLogs, readCursors, readUnread, writeCursors } from '../../src/push/cursors.ts';
import { type Pushed, makePushed } from '../fixtures/repo.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const MAIN = 'refs/remotes/origin/main';

async function push(repo: Pushed, message: string): Promise<string> {
  const after = await repo.commit(message);
  await repo.git(['push', '--quiet', '--no-verify', 'origin', 'HEAD']);
  return after;
}

async function cursorOf(repo: Pushed) {
  return (await readUnread(repo.gitDir, MAIN, null))?.cursor ?? null;
}

async function unreadAfters(repo: Pushed, cursor: Awaited<ReturnType<typeof cursorOf>>): Promise<string[]> {
  return ((await readUnread(repo.gitDir, MAIN, cursor))?.entries ?? []).map(({ after }) => after);
}

test('cursors are kept, and read as they were written', async () => {
  const folder = await scratchFolder();
  const cursors = {
    refs: { [MAIN]: { size: 7, line: 'x', seconds: 1 } },
    claims: [
      { remote: 'origin', url: '/r', startedAt: 1, updates: [{ ref: 'refs/heads/main', after: 'a' }] },
    ],
  };

  await writeCursors(folder, cursors);

  expect(await readCursors(folder)).toEqual(cursors);
});

test.each([
  ['nothing', null],
  ['half a file', '{"refs":{'],
  ['another form', '{"refs":[],"claims":{}}'],
  ['a list', '[]'],
  ['an empty file', ''],
])('with %s the sweep starts again from now', async (_, text) => {
  const folder = await scratchFolder();
  if (text !== null) await writeFile(join(folder, 'cursors'), text);

  expect(await readCursors(folder)).toBeNull();
});

test('the logs of all tracking refs are listed, and of nothing else', async () => {
  const repo = await makePushed();
  await repo.git(['push', '--quiet', 'origin', 'main:a/b', 'main:中文']);

  const logs = await listLogs(repo.gitDir);

  expect(logs.map(({ ref }) => ref).sort()).toEqual([
    'refs/remotes/origin/a/b',
    MAIN,
    'refs/remotes/origin/中文',
  ]);
  expect(logs[0]?.size).toBe((await readFile(join(repo.gitDir, 'logs', logs[0]?.ref ?? ''))).length);
});

test('a repository without logs has none to list', async () => {
  expect(await listLogs(await scratchFolder())).toEqual([]);
});

test('cursors at the end of the logs leave nothing unread', async () => {
  const repo = await makePushed();

  const { refs, claims } = await cursorsAtEnd(repo.gitDir);

  expect(claims).toEqual([]);
  expect(await unreadAfters(repo, refs[MAIN] ?? null)).toEqual([]);
});

test('what was pushed past the cursor is unread, in order', async () => {
  const repo = await makePushed();
  const cursor = await cursorOf(repo);

  const two = await push(repo, 'two');
  const three = await push(repo, 'three');

  expect(await unreadAfters(repo, cursor)).toEqual([two, three]);
  expect(await unreadAfters(repo, null)).toEqual([repo.first, two, three]);
});

test('a half written line waits for its end', async () => {
  const repo = await makePushed();
  const cursor = await cursorOf(repo);
  const log = join(repo.gitDir, 'logs', MAIN);
  const line = (await readFile(log, 'utf8')).replace(repo.first, 'b'.repeat(40));

  await appendFile(log, line.slice(0, 60));
  expect(await unreadAfters(repo, cursor)).toEqual([]);
  await appendFile(log, line.slice(60));

  expect(await unreadAfters(repo, cursor)).toEqual(['b'.repeat(40)]);
});

test('after git reflog expire of what was read, only the new is unread', async () => {
  const repo = await makePushed();
  await push(repo, 'two');
  const cursor = await cursorOf(repo);
  const three = await push(repo, 'three');

  await repo.git(['reflog', 'expire', '--expire=now', MAIN]);
  const four = await push(repo, 'four');

  expect(await unreadAfters(repo, cursor)).toEqual([four]);
  expect(await unreadAfters(repo, null)).not.toContain(three);
});

test('after one entry was deleted, what follows the cursor is still unread', async () => {
  const repo = await makePushed();
  await push(repo, 'two');
  const cursor = await cursorOf(repo);
  const three = await push(repo, 'three');

  await repo.git(['reflog', 'delete', `${MAIN}@{2}`]);

  expect(await unreadAfters(repo, cursor)).toEqual([three]);
});

test('of a log that was made anew, what is not older than the cursor is unread', async () => {
  const repo = await makePushed();
  const cursor = await cursorOf(repo);

  await repo.git(['push', '--quiet', 'origin', ':main'], { mayFail: true });
  await repo.git(['update-ref', '-d', MAIN]);
  const after = await push(repo, 'anew');

  expect(await unreadAfters(repo, cursor)).toEqual([after]);
});

test('a line that is no entry keeps no other from being read', async () => {
  const repo = await makePushed();
  const cursor = await cursorOf(repo);
  await appendFile(join(repo.gitDir, 'logs', MAIN), '\0\0 noise\n');
  const after = await push(repo, 'two');

  expect(await unreadAfters(repo, cursor)).toEqual([after]);
});

test('a log that is gone has no cursor', async () => {
  const repo = await makePushed();

  expect(await readUnread(repo.gitDir, 'refs/remotes/origin/no', null)).toBeNull();
});

test('a log without entries has a cursor, past which all is unread', async () => {
  const repo = await makePushed();
  const log = join(repo.gitDir, 'logs', MAIN);
  const text = await readFile(log);
  await writeFile(log, '');
  const cursor = await cursorOf(repo);

  await writeFile(log, text);

  expect(await unreadAfters(repo, cursor)).toEqual([repo.first]);
});
