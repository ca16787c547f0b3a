import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseReflogLine } from '../../src/hook/reflog.ts';
import { cursorsAtEnd, listLogs, readUnread } from '../../src/push/cursors.ts';
import { hasReftables, readReftableLogs } from '../../src/push/reftable-logs.ts';
import { type Pushed, makePushed } from '../fixtures/repo.ts';

const MAIN = 'refs/remotes/origin/main';

/** A repository with two pushes of `main`, and one of another branch. */
async function withLogs(): Promise<Pushed> {
  const repo = await makePushed();
  await repo.commit('second');
  await repo.git(['push', '--quiet', 'origin', 'main', 'main:a/b']);
  return repo;
}

/** What git tells is asked in the same way wherever it keeps the logs: here a file is there to compare with. */
test('git tells of each log what its file has: values, the time of the newest, and that it was a push', async () => {
  const repo = await withLogs();

  const logs = await readReftableLogs(repo.product);

  expect(logs.map(({ ref }) => ref).sort()).toEqual(['refs/remotes/origin/a/b', MAIN]);
  for (const { ref, bytes, mtimeMs } of logs) {
    const kept = (await readFile(join(repo.gitDir, 'logs', ref), 'utf8')).split('\n').filter(Boolean);
    const told = bytes.toString().split('\n').filter(Boolean);
    expect(told.map(parseReflogLine)).toEqual(kept.map(parseReflogLine));
    expect(Math.floor(mtimeMs / 1000)).toBe(parseReflogLine(kept.at(-1) ?? '')?.seconds);
  }
});

test('a repository with the tables of refs has its logs read by git, and no cursor looks for files', async () => {
  const repo = await withLogs();
  expect(await hasReftables(repo.gitDir)).toBe(false);
  await mkdir(join(repo.gitDir, 'reftable'));
  await writeFile(join(repo.gitDir, 'reftable', 'tables.list'), '');

  const logs = await listLogs(repo.gitDir, repo.product);
  const cursors = await cursorsAtEnd(repo.gitDir, repo.product);
  const main = logs.find(({ ref }) => ref === MAIN);

  expect(await hasReftables(repo.gitDir)).toBe(true);
  expect(main?.bytes).toBeDefined();
  expect(Object.keys(cursors.refs).sort()).toEqual(logs.map(({ ref }) => ref).sort());
  const cursor = cursors.refs[MAIN] ?? null;
  expect((await readUnread(repo.gitDir, MAIN, cursor, main?.bytes))?.entries).toEqual([]);
});
