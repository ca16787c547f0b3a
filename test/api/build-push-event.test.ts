import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildPushEvent } from '../../src/api/index.ts';
import { ZERO_OID } from '../fixtures/oid.ts';
import { makePushed, makeRepo, writeObject } from '../fixtures/repo.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const MAIN = 'refs/heads/main';

test('the event of a push: its commits from old to new, and the remote without its password', async () => {
  const repo = await makeRepo();
  await repo.git(['remote', 'add', 'origin', 'https://dev:secret@git.example/shop/shop.git']);
  const [before, one, after] = [
    await repo.commit('start'),
    await repo.commit('one'),
    await repo.commit('two'),
  ];

  expect(await buildPushEvent({ ref: MAIN, before, after }, { cwd: repo.dir })).toEqual({
    event_type: 'push',
    ref: MAIN,
    before,
    after,
    commits: [
      { id: one, message: 'one' },
      { id: after, message: 'two' },
    ],
    repository: { url: 'https://git.example/shop/shop.git', name: 'shop' },
  });
});

test('in a repository that others push to it has the name of its folder, and a new branch its own commits', async () => {
  const repo = await makePushed();
  const after = await repo.commit('of the branch');
  await repo.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/new']);
  const options = { cwd: repo.remote, eventType: 'push_events', maxCommits: 1 } as const;

  expect(await buildPushEvent({ ref: 'refs/heads/new', before: ZERO_OID, after }, options)).toMatchObject({
    event_type: 'push_events',
    before: ZERO_OID,
    commits: [{ id: after, message: 'of the branch' }],
    repository: { name: 'remote' },
  });
});

test('of a new branch, what the remote had is left out: by its tracking refs, and by the push’s other refs', async () => {
  const repo = await makePushed();
  const main = await repo.commit('pushed with it');
  const after = await repo.commit('of the branch');
  const created = { ref: 'refs/heads/new', before: ZERO_OID, after };
  const options = { cwd: repo.dir, remote: 'origin' };

  const alone = await buildPushEvent(created, options);
  const beside = await buildPushEvent(created, {
    ...options,
    siblings: [{ ref: 'refs/heads/other', before: main, after }],
  });

  expect(alone?.commits.map(({ message }) => message)).toEqual(['pushed with it', 'of the branch']);
  expect(beside?.commits.map(({ message }) => message)).toEqual(['of the branch']);
});

test('a remote may be named by its URL', async () => {
  const repo = await makePushed();
  const update = { ref: MAIN, before: ZERO_OID, after: repo.first };

  const event = await buildPushEvent(update, { cwd: repo.dir, remote: 'git@git.example:a/b.git' });

  expect(event?.repository).toEqual({ url: 'git@git.example:a/b.git', name: 'b' });
});

test('an annotated tag stands for its commit', async () => {
  const repo = await makePushed();
  await repo.git(['tag', '-a', '-m', 'first', 'v1']);
  const update = { ref: 'refs/tags/v1', before: ZERO_OID, after: await repo.revision('v1') };

  expect(await buildPushEvent(update, { cwd: repo.dir })).toMatchObject({
    after: repo.first,
    commits: [{ id: repo.first }],
  });
});

test('of a long message the beginning is told', async () => {
  const repo = await makePushed();
  const after = await repo.commit(`${'x'.repeat(50)}\n`);
  const update = { ref: MAIN, before: repo.first, after };

  const event = await buildPushEvent(update, { cwd: repo.dir, maxMessageBytes: 10 });

  expect(event?.commits).toEqual([{ id: after, message: 'x'.repeat(10) }]);
});

test('a deleted ref, and one that is no commit, have no event', async () => {
  const repo = await makePushed();
  const file = await writeObject(repo, 'blob', Buffer.from('text'));
  const cwd = repo.dir;

  expect(await buildPushEvent({ ref: MAIN, before: repo.first, after: ZERO_OID }, { cwd })).toBeNull();
  expect(await buildPushEvent({ ref: 'refs/tags/f', before: ZERO_OID, after: file }, { cwd })).toBeNull();
  expect(await buildPushEvent({ ref: MAIN, before: ZERO_OID, after: file }, { cwd })).toBeNull();
});

test('an abbreviated name, and a folder outside of repositories, are refused by name', async () => {
  const folder = await scratchFolder();
  const update = { ref: MAIN, before: ZERO_OID, after: 'a'.repeat(40) };

  await expect(buildPushEvent({ ...update, after: 'abc1234' })).rejects.toThrow(
    'a value of refs/heads/main is not a full object name: "abc1234"',
  );
  await expect(buildPushEvent(update, { cwd: folder })).rejects.toThrow(`no git repository at ${folder}`);
  await expect(buildPushEvent(update, { cwd: join(folder, 'nowhere') })).rejects.toThrow(TypeError);
});
