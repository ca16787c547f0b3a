import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { listCommits } from '../../src/event/commits.ts';
import { openGit, withoutFetching } from '../../src/platform/git.ts';
import { oid } from '../fixtures/oid.ts';
import { makeRepo, repoAt, writeObject } from '../fixtures/repo.ts';
import { LIMITS, messages, series } from './listed.ts';

test('replaced commits are listed as they are, as the server has them', async () => {
  const repo = await makeRepo();
  const [one = '', two = ''] = await series(repo, 'one', 'two');
  await repo.git(['checkout', '--quiet', '--orphan', 'other']);
  await repo.git(['replace', two, await repo.commit('a lie')]);

  expect(await messages(repo, two, [one])).toEqual(['two']);
});

test('of a shallow clone what is there is listed', async () => {
  const repo = await makeRepo();
  await series(repo, 'one', 'two', 'three');
  await repo.git(['clone', '--quiet', '--depth=2', `file://${repo.dir}`, '../shallow']);
  const shallow = repoAt(repo.root, `${repo.root}/shallow`, repo.env);
  const tip = await shallow.commit('four');

  expect(await messages(shallow, tip, [])).toEqual(['two', 'three', 'four']);
  expect(await messages(shallow, tip, [await shallow.revision('HEAD~')])).toEqual(['four']);
});

test('parents that were made up here are not the server’s', async () => {
  const repo = await makeRepo();
  const [one = '', two = '', three = ''] = await series(repo, 'one', 'two', 'three');
  await writeFile(`${repo.gitDir}/info/grafts`, `${three} ${one}\n`);

  expect(await messages(repo, three, [one])).toEqual(['two', 'three']);
  expect((await repo.git(['rev-list', '--count', `${one}..${three}`])).stdout).toBe('1\n');
  expect(two).not.toBe('');
});

test('what is not as one would expect is remarked', async () => {
  const repo = await makeRepo();
  const made = await series(repo, 'one', 'two', 'three');
  const remarks = async (known: string, limits = LIMITS) =>
    (await listCommits(repo.product, oid(made[2] ?? ''), [oid(known)], limits))?.remarks;

  expect(await remarks(made[0] ?? '')).toEqual([]);
  expect(await remarks(made[0] ?? '', { ...LIMITS, max: 2 })).toEqual([]);
  expect(await remarks(made[0] ?? '', { ...LIMITS, max: 1 })).toEqual([
    'more than 1 commits: the newest 1 are listed',
  ]);
  expect(await remarks('b'.repeat(40))).toEqual([
    'the old value is not here: the new commit alone is listed',
  ]);
});

test('a partial clone is not asked to fetch an old value', async () => {
  const repo = await makeRepo();
  await series(repo, 'one', 'two');
  await repo.git(['config', 'uploadpack.allowFilter', 'true']);
  await repo.git(['config', 'uploadpack.allowAnySHA1InWant', 'true']);
  await repo.git(['clone', '--quiet', '--filter=blob:none', `file://${repo.dir}`, '../partial']);
  const partial = repoAt(repo.root, `${repo.root}/partial`, repo.env);
  const [old = ''] = await series(repo, 'three');
  const tip = await partial.commit('four');
  const git = withoutFetching(partial.product);

  expect((await listCommits(git, tip, [oid(old)], LIMITS))?.commits).toEqual([{ id: tip, message: 'four' }]);
  expect((await git.run(['cat-file', '-e', old])).exitCode).not.toBe(0);
  // git itself would have fetched it.
  expect((await partial.git(['cat-file', '-e', old])).exitCode).toBe(0);
});

test('a SHA-256 repository has ids of 64 digits', async () => {
  const repo = await makeRepo('--object-format=sha256');
  const [one = '', two = ''] = await series(repo, 'one', 'two');

  expect(two).toHaveLength(64);
  expect(await messages(repo, two, [one])).toEqual(['two']);
});

test('a git that cannot be started lists nothing', async () => {
  const repo = await makeRepo();
  const [tip = ''] = await series(repo, 'one');
  const git = openGit(repo.gitDir, repo.dir, { ...repo.env, PATH: '/nowhere' });

  expect(await listCommits(git, oid(tip), [], LIMITS)).toBeNull();
});

test('a message in GBK is read as what it is, and that is remarked', async () => {
  const repo = await makeRepo();
  const tree = (await repo.git(['write-tree'])).stdout.trim();
  const header = `tree ${tree}\nauthor Dev <dev@example.com> 1 +0000\ncommitter Dev <dev@example.com> 1 +0000\n\n`;
  const gbk = Buffer.from([0xd6, 0xd0, 0xce, 0xc4]); // 中文
  const one = await writeObject(repo, 'commit', Buffer.concat([Buffer.from(header), gbk]));
  const both = await writeObject(
    repo,
    'commit',
    Buffer.concat([Buffer.from(header), Buffer.from([0x61, 0xff])]),
  );

  expect(await listCommits(repo.product, one, [], LIMITS)).toMatchObject({
    commits: [{ id: one, message: '中文' }],
    remarks: ['a message is no UTF-8: it was read as GB18030'],
  });
  expect(await listCommits(repo.product, both, [], LIMITS)).toMatchObject({
    commits: [{ message: 'a\ufffd' }],
    remarks: ['a message is no UTF-8: some of its characters are lost'],
  });
});
