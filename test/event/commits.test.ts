import { expect, test } from 'vitest';
import { listCommits } from '../../src/event/commits.ts';
import { ZERO_OID, oid, oidOf } from '../fixtures/oid.ts';
import { makeRepo, writeObject } from '../fixtures/repo.ts';
import { LIMITS, messages, series } from './listed.ts';

test('the commits of a push are listed from the oldest to the newest, with their ids', async () => {
  const repo = await makeRepo();
  const [one = '', two = '', three = ''] = await series(repo, 'one', 'two', 'three');

  expect((await listCommits(repo.product, oid(three), [oid(one)], LIMITS))?.commits).toEqual([
    { id: two, message: 'two' },
    { id: three, message: 'three' },
  ]);
});

test('of more than the cap the newest are listed, still from old to new', async () => {
  const repo = await makeRepo();
  const made = await series(repo, 'one', 'two', 'three', 'four');

  expect(await messages(repo, made[3] ?? '', [made[0] ?? ''], { ...LIMITS, max: 2 })).toEqual([
    'three',
    'four',
  ]);
});

test('commits of one second, and of clocks that went back, keep their order', async () => {
  const repo = await makeRepo();
  const made = [await repo.commit('start')];
  for (const [at, name] of ['2030', '2010', '2020'].entries()) {
    const { stdout } = await repo.git(['commit-tree', '-p', made[at] ?? '', '-m', name, 'HEAD^{tree}'], {
      env: { ...repo.env, GIT_COMMITTER_DATE: `${name}-01-01T00:00:00Z` },
    });
    made.push(oid(stdout));
  }

  expect(await messages(repo, made[3] ?? '', [made[0] ?? ''])).toEqual(['2030', '2010', '2020']);
});

test('a clock that went back on one side of a merge puts no commit before its parent', async () => {
  const repo = await makeRepo();
  const start = await repo.commit('start');
  const make = async (year: string, ...parents: string[]): Promise<string> => {
    const args = ['commit-tree', ...parents.flatMap((parent) => ['-p', parent]), '-m', year, 'HEAD^{tree}'];
    const env = { ...repo.env, GIT_COMMITTER_DATE: `${year}-01-01T00:00:00Z` };
    return oid((await repo.git(args, { env })).stdout);
  };
  const parent = await make('2030', start);
  const sides = [await make('2029', parent), await make('2001', parent)];
  const merge = await make('2031', ...sides);

  const listed = await messages(repo, merge, [start]);

  expect(listed?.[0]).toBe('2030');
  expect(listed?.at(-1)).toBe('2031');
});

test('of a new branch, what the remote has on others is left out', async () => {
  const repo = await makeRepo();
  const [main = ''] = await series(repo, 'on main');
  const [, tip = ''] = await series(repo, 'one', 'two');

  expect(await messages(repo, tip, [main])).toEqual(['one', 'two']);
  expect(await messages(repo, tip, [ZERO_OID, main])).toEqual(['one', 'two']);
});

test('of the first push of all, the whole history is new', async () => {
  const repo = await makeRepo();
  const [, tip = ''] = await series(repo, 'one', 'two');

  expect(await messages(repo, tip, [])).toEqual(['one', 'two']);
  expect(await messages(repo, tip, [ZERO_OID])).toEqual(['one', 'two']);
  expect(await messages(repo, tip, [], { ...LIMITS, max: 1 })).toEqual(['two']);
});

test.each([
  ['a rewound branch', 1],
  ['a new branch that is nothing new', 2],
])('%s lists its tip alone', async (_, known) => {
  const repo = await makeRepo();
  const made = await series(repo, 'one', 'two', 'three');

  expect(await messages(repo, made[1] ?? '', [made[known] ?? ''])).toEqual(['two']);
});

test('an old value that is not here leaves the tip alone', async () => {
  const repo = await makeRepo();
  const [, , tip = ''] = await series(repo, 'one', 'two', 'three');

  expect(await messages(repo, tip, [oidOf('b')])).toEqual(['three']);
});

test('of several old values those that are here count', async () => {
  const repo = await makeRepo();
  const [one = '', , tip = ''] = await series(repo, 'one', 'two', 'three');

  expect(await messages(repo, tip, [oidOf('b'), one])).toEqual(['two', 'three']);
});

test('a force-push lists what the old value did not reach', async () => {
  const repo = await makeRepo();
  const [base = ''] = await series(repo, 'base');
  const [old = ''] = await series(repo, 'old');
  await repo.git(['checkout', '--quiet', '-B', 'main', base]);
  const [tip = ''] = await series(repo, 'new');

  expect(await messages(repo, tip, [old])).toEqual(['new']);
});

test('an octopus merge lists all that it brings, the parents before it', async () => {
  const repo = await makeRepo();
  const [base = ''] = await series(repo, 'base');
  for (const name of ['a', 'b', 'c']) {
    await repo.git(['checkout', '--quiet', '-b', name, base]);
    await repo.commit(name);
  }
  await repo.git(['checkout', '--quiet', 'main']);
  await repo.commit('own');
  await repo.git(['merge', '--quiet', '-m', 'merge', 'a', 'b', 'c']);

  const listed = await messages(repo, await repo.revision('HEAD'), [base]);

  expect(listed?.at(-1)).toBe('merge');
  expect(listed?.toSorted()).toEqual(['a', 'b', 'c', 'merge', 'own']);
});

test('of unrelated histories the new one is listed', async () => {
  const repo = await makeRepo();
  const [old = ''] = await series(repo, 'old');
  await repo.git(['checkout', '--quiet', '--orphan', 'other']);
  const [, tip = ''] = await series(repo, 'one', 'two');

  expect(await messages(repo, tip, [old])).toEqual(['one', 'two']);
});

test('an annotated tag, and a tag of a tag, lists the commits that it leads to', async () => {
  const repo = await makeRepo();
  const [one = '', two = ''] = await series(repo, 'one', 'two');
  await repo.git(['tag', '-a', '-m', 'x', 'v1']);
  await repo.git(['tag', '-a', '-m', 'x', 'v1-again', 'v1']);

  const list = await listCommits(repo.product, await repo.revision('v1-again'), [oid(one)], LIMITS);

  expect(list?.commits).toEqual([{ id: two, message: 'two' }]);
});

test.each([
  ['a file', 'HEAD:file'],
  ['a folder', 'HEAD^{tree}'],
])('a tag of %s is no commit', async (_, what) => {
  const repo = await makeRepo();
  const [one = ''] = await series(repo, 'one');
  await repo.git([
    'update-index',
    '--add',
    '--cacheinfo',
    `100644,${await writeObject(repo, 'blob', Buffer.from('x'))},file`,
  ]);
  await repo.commit('two');
  await repo.git(['tag', '-a', '-m', 'x', 'odd', what]);

  expect(await messages(repo, await repo.revision('odd'), [])).toBeNull();
  expect(await messages(repo, await repo.revision('odd'), [one])).toBeNull();
  expect(await messages(repo, await repo.revision(what), [])).toBeNull();
});

test('an object that is not here is no commit', async () => {
  expect(await messages(await makeRepo(), oidOf('b'), [])).toBeNull();
});

test('an old value that is no commit hides nothing', async () => {
  const repo = await makeRepo();
  const [tip = ''] = await series(repo, 'one');

  expect(await messages(repo, tip, [await writeObject(repo, 'blob', Buffer.from('x'))])).toEqual(['one']);
});
