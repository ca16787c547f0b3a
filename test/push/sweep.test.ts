import { expect, test } from 'vitest';
import { type Cursors, cursorsAtEnd } from '../../src/push/cursors.ts';
import { ZERO_OID } from '../fixtures/oid.ts';
import { makePushed } from '../fixtures/repo.ts';
import { MAIN, claim, push, sweep } from './sweeping.ts';

test('pushes that no hook saw are found, each with its own old and new value, and once', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const two = await push(repo, 'origin', 'main');
  const three = await push(repo, 'origin', 'main');

  const found = await sweep(repo, cursors);

  expect(found.updates).toMatchObject([
    { remote: 'origin', update: { ...MAIN, before: repo.first, after: two, localRef: null } },
    { remote: 'origin', update: { ...MAIN, before: two, after: three, localRef: null } },
  ]);
  expect(new Set(found.updates.map(({ identity }) => identity)).size).toBe(2);
  expect((await sweep(repo, found.cursors)).updates).toEqual([]);
});

test('a new branch has zeroes as its old value', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const after = await push(repo, 'origin', 'main:topic');

  expect((await sweep(repo, cursors)).updates).toMatchObject([
    { update: { ref: 'refs/heads/topic', before: ZERO_OID, after } },
  ]);
});

test('a fetch and a pull are no pushes', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  await repo.commit('two');
  await repo.git(['push', '--quiet', repo.remote, 'main', 'main:other']);

  await repo.git(['fetch', '--quiet', 'origin']);
  await repo.git(['pull', '--quiet', 'origin', 'main']);

  expect((await sweep(repo, { ...cursors, refs: {} })).updates.map(({ update }) => update.after)).toEqual([
    repo.first,
  ]);
});

test('a remote that is renamed, once or twice, takes its cursors along', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const two = await push(repo, 'origin', 'main');
  await repo.git(['remote', 'rename', 'origin', 'up']);
  const three = await push(repo, 'up', 'main');

  const found = await sweep(repo, cursors);
  await repo.git(['remote', 'rename', 'up', 'a']);
  await repo.git(['remote', 'rename', 'a', 'b']);
  const four = await push(repo, 'b', 'main');
  const later = await sweep(repo, found.cursors);

  expect(found.updates.map(({ update }) => update.after)).toEqual([two, three]);
  expect(later.updates.map(({ update }) => update.after)).toEqual([four]);
});

test('what a remote of no cursor was before it was renamed is history', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  await push(repo, 'origin', 'main');
  await repo.git(['remote', 'rename', 'origin', 'up']);
  const three = await push(repo, 'up', 'main');

  const found = await sweep(repo, { ...cursors, refs: {} });

  expect(found.updates.map(({ update }) => update.after)).toEqual([three]);
});

test('a settled push explains its own entry and no other', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const two = await push(repo, 'origin', 'main');
  const three = await push(repo, 'origin', 'main');

  const found = await sweep(repo, { ...cursors, claims: [claim(repo, two)] });

  expect(found.updates).toMatchObject([{ update: { after: three } }]);
  expect(found.cursors.claims).toEqual([]);
});

test('a push claims one entry: there and back and there again by force is swept', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const two = await push(repo, 'origin', 'main');
  await repo.git(['push', '--quiet', '--no-verify', '--force', 'origin', `${repo.first}:main`]);
  await repo.git(['push', '--quiet', '--no-verify', 'origin', `${two}:main`]);

  const found = await sweep(repo, { ...cursors, claims: [claim(repo, two)] });

  expect(found.updates.map(({ update }) => update.after)).toEqual([repo.first, two]);
});

test('a push by the URL of a remote explains what that remote’s log says of it', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const two = await push(repo, 'origin', 'main');

  const found = await sweep(repo, { ...cursors, claims: [claim(repo, two, { remote: repo.remote })] });

  expect(found.updates).toEqual([]);
});

test('an up-to-date push that found a stale tracking ref is no push', async () => {
  const repo = await makePushed();
  await repo.commit('two');
  await repo.git(['push', '--quiet', repo.remote, 'main']);
  const cursors = await cursorsAtEnd(repo.gitDir);
  await repo.git(['push', '--quiet', 'origin', 'main']);

  const found = await sweep(repo, { ...cursors, claims: [{ ...claim(repo, ''), updates: [] }] });

  expect(found.updates).toEqual([]);
});

test('while a push to the remote is in flight, its logs wait, and so do the claims', async () => {
  const repo = await makePushed();
  const cursors = { ...(await cursorsAtEnd(repo.gitDir)), claims: [] as Cursors['claims'] };
  const two = await push(repo, 'origin', 'main');
  const open = [{ remote: 'origin', url: repo.remote, startedAt: 0, endedAt: null, refs: [] }];

  const meanwhile = await sweep(repo, { ...cursors, claims: [claim(repo, two)] }, { open });
  const afterwards = await sweep(repo, meanwhile.cursors);

  expect(meanwhile.updates).toEqual([]);
  expect(meanwhile.cursors.claims).toHaveLength(1);
  expect(afterwards.updates).toEqual([]);
});

test('a push to another remote in flight keeps nothing waiting', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const two = await push(repo, 'origin', 'main');

  const found = await sweep(repo, cursors, {
    open: [{ remote: 'up', url: '/up', startedAt: 0, endedAt: null, refs: [] }],
  });

  expect(found.updates).toMatchObject([{ update: { after: two } }]);
});

test('the date of an entry counts for no more than now', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const env = { ...repo.env, GIT_COMMITTER_DATE: '2090-01-01T00:00:00Z' };
  await repo.commit('two');
  await repo.git(['push', '--quiet', 'origin', 'main'], { env });

  expect((await sweep(repo, cursors, { now: 5000 })).updates).toMatchObject([{ pushedAt: 5000 }]);
});

test('a log of a ref that no remote fetches moves on and tells nothing', async () => {
  const repo = await makePushed();
  await push(repo, 'origin', 'main');
  await repo.git(['remote', 'rename', 'origin', 'up']);
  await repo.git(['config', 'remote.up.fetch', '+refs/heads/*:refs/elsewhere/*']);

  const found = await sweep(repo, { refs: {}, claims: [] });

  expect(found.updates).toEqual([]);
  expect(Object.keys(found.cursors.refs)).toEqual(['refs/remotes/up/main']);
});

test('a log that was made anew is read, unless it is as long as the old one', async () => {
  const repo = await makePushed();
  await push(repo, 'origin', 'main:topic');
  const cursors = await cursorsAtEnd(repo.gitDir);
  await repo.git(['push', '--quiet', '--no-verify', 'origin', ':topic']);
  await push(repo, 'origin', 'main:topic');
  const after = await push(repo, 'origin', 'main:topic');

  expect((await sweep(repo, cursors)).updates.at(-1)).toMatchObject({ update: { after } });
});

test('a log that was made anew is read, though it is as long as the old one', async () => {
  const repo = await makePushed();
  await push(repo, 'origin', 'main:topic');
  const cursors = await cursorsAtEnd(repo.gitDir);
  await repo.git(['push', '--quiet', '--no-verify', 'origin', ':topic']);
  const after = await push(repo, 'origin', 'main:topic');

  expect((await sweep(repo, cursors)).updates).toMatchObject([{ update: { after } }]);
});

test('a claim waits for a log that an open push by URL keeps waiting', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const two = await push(repo, 'origin', 'main');
  const open = [{ remote: repo.remote, url: repo.remote, startedAt: 0, endedAt: null, refs: [] }];

  const meanwhile = await sweep(repo, { ...cursors, claims: [claim(repo, two)] }, { open });

  expect((await sweep(repo, meanwhile.cursors)).updates).toEqual([]);
});
