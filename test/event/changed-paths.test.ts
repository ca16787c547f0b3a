import { expect, test } from 'vitest';
import type { Oid } from '../../src/core/oid.ts';
import { diffBase, showChangedPaths } from '../../src/event/changed-paths.ts';
import { importCommits } from '../fixtures/fast-import.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';
import { type Repo, makeRepo, repoAt } from '../fixtures/repo.ts';

/** The files of a push as rules see them; a word when they cannot be told. */
async function changed({ product }: Repo, push: { before?: Oid; after: Oid; known?: readonly Oid[] }) {
  const { before = ZERO_OID, after, known = [] } = push;
  const base = await diffBase(product, { before, after }, async () => known);
  if (base.kind === 'unknown') return base.reason;
  const paths: string[] = [];
  const unknown = await showChangedPaths(product, { base: base.oid, after }, (path) => {
    paths.push(path);
    return true;
  });
  return unknown ?? paths;
}

/** `start`, then `one` and `two` on it, `merged` of both. */
async function makeHistory() {
  const repo = await makeRepo();
  const commits = await importCommits(repo, [
    { parents: [], message: 'start', files: { 'a.txt': '1', 'src/x.ts': '1', 'docs/d.md': '1' } },
    { parents: [0], message: 'one', files: { 'src/one.ts': '1' } },
    { parents: [0], message: 'two', files: { 'docs/two.md': '1', 'a.txt': null } },
    { parents: [1, 2], message: 'merged', files: { 'docs/two.md': '1', 'a.txt': null } },
    { parents: [1], message: 'renamed', files: { 'src/x.ts': null, 'lib/x.ts': '1' } },
    { parents: [], message: 'elsewhere', files: { other: '1' } },
    { parents: [1], message: 'nothing' },
  ]);
  const [start = ZERO_OID, one = ZERO_OID, two = ZERO_OID, merged = ZERO_OID] = commits;
  const [, , , , renamed = ZERO_OID, elsewhere = ZERO_OID, nothing = ZERO_OID] = commits;
  return { repo, start, one, two, merged, renamed, elsewhere, nothing };
}

test('of an old branch the two values are compared, whatever lies between', async () => {
  const { repo, start, one, two, merged, renamed, nothing } = await makeHistory();

  expect(await changed(repo, { before: start, after: one })).toEqual(['src/one.ts']);
  expect(await changed(repo, { before: one, after: merged })).toEqual(['a.txt', 'docs/two.md']);
  expect(await changed(repo, { before: start, after: merged })).toEqual([
    'a.txt',
    'docs/two.md',
    'src/one.ts',
  ]);
  expect(await changed(repo, { before: one, after: renamed })).toEqual(['lib/x.ts', 'src/x.ts']);
  expect(await changed(repo, { before: one, after: nothing })).toEqual([]);
  // By force.
  expect(await changed(repo, { before: one, after: two })).toEqual(['a.txt', 'docs/two.md', 'src/one.ts']);
  expect(await changed(repo, { before: merged, after: start })).toEqual([
    'a.txt',
    'docs/two.md',
    'src/one.ts',
  ]);
});

test('a new branch is compared with where it leaves what the remote had', async () => {
  const { repo, start, one, two, merged, elsewhere } = await makeHistory();

  expect(await changed(repo, { after: one, known: [start] })).toEqual(['src/one.ts']);
  expect(await changed(repo, { after: merged, known: [start] })).toHaveLength(3);
  expect(await changed(repo, { after: merged, known: [start, two] })).toEqual(['src/one.ts']);
  expect(await changed(repo, { after: one, known: [elsewhere, two] })).toEqual(['src/one.ts']);
  expect(await changed(repo, { after: one, known: [merged] })).toEqual([]);
});

test('of a branch that has no part of what the remote had, every file is new', async () => {
  const { repo, start, elsewhere } = await makeHistory();

  expect(await changed(repo, { after: start })).toEqual(['a.txt', 'docs/d.md', 'src/x.ts']);
  expect(await changed(repo, { after: elsewhere, known: [start] })).toEqual(['other']);
});

test('of a SHA-256 repository every file is new, too', async () => {
  const repo = await makeRepo('--object-format=sha256');
  const [start = ZERO_OID] = await importCommits(repo, [
    { parents: [], message: 'start', files: { a: '1' } },
  ]);

  expect(await changed(repo, { before: '0'.repeat(64) as Oid, after: start })).toEqual(['a']);
});

test('an old value that is not here leaves the files unknown', async () => {
  const { repo, one } = await makeHistory();

  expect(await changed(repo, { before: oidOf('b'), after: one })).toBe('bbbbbbb is not here');
});

test('objects that git cannot read leave the files unknown', async () => {
  const { repo, start, one } = await makeHistory();
  const base = { base: start, after: oidOf('b') };

  expect(await showChangedPaths(repo.product, base, () => true)).toBe('git could not read them all here');
  expect(await changed(repo, { after: one, known: [oidOf('b')] })).toBe('git finds no common ancestor');
});

test('thousands of files are all seen, and no more than are wanted', async () => {
  const repo = await makeRepo();
  const files = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f/${index}`, '']));
  const [start = ZERO_OID, many = ZERO_OID] = await importCommits(repo, [
    { parents: [], message: 'start' },
    { parents: [0], message: 'many', files },
  ]);
  let count = 0;

  expect(await changed(repo, { before: start, after: many })).toHaveLength(5000);
  await showChangedPaths(repo.product, { base: start, after: many }, () => (count += 1) < 301);
  expect(count).toBe(301);
});

test('names are told as they are, whatever is in them', async () => {
  const repo = await makeRepo();
  const names = ['-x', 'a b', 'a"b', 'tab\there', '中文', '😀', '.hidden'];
  const [one = ZERO_OID] = await importCommits(repo, [
    {
      parents: [],
      message: 'one',
      files: Object.fromEntries(names.map((name) => [JSON.stringify(name), '1'])),
    },
  ]);
  await repo.git(['config', 'core.quotePath', 'true']);
  await repo.git(['config', 'diff.orderFile', '/nowhere']);

  expect(((await changed(repo, { after: one })) as string[]).toSorted()).toEqual(names.toSorted());
});

test('a new branch beside very many others is compared with the nearest', async () => {
  const repo = await makeRepo();
  const plan = Array.from({ length: 6001 }, (_, index) => ({
    parents: index === 0 ? [] : [0],
    message: `${index}`,
    ...(index === 0 ? { files: { a: '1' } } : {}),
  }));
  const commits = await importCommits(repo, [
    ...plan,
    { parents: [6000], message: 'new', files: { b: '1' } },
  ]);

  expect(await changed(repo, { after: commits[6001] ?? ZERO_OID, known: commits.slice(1, 6001) })).toEqual([
    'b',
  ]);
});

test('a partial clone is not completed for the files’ sake', async () => {
  const { repo, start, one } = await makeHistory();
  await repo.git(['branch', 'main', one]);
  await repo.git(['config', 'uploadpack.allowFilter', 'true']);
  await repo.git(['clone', '--quiet', '--bare', '--filter=tree:0', `file://${repo.dir}`, '../partial/.git']);
  const { withoutFetching } = await import('../../src/platform/git.ts');
  const partial = repoAt(repo.root, `${repo.root}/partial`, repo.env);
  const offline = { ...partial, product: withoutFetching(partial.product) };
  const packs = async () => (await partial.git(['count-objects', '-v'], { cwd: partial.gitDir })).stdout;
  const before = await packs();

  expect(await changed(offline, { before: start, after: one })).toBe('git could not read them all here');
  expect(await packs()).toBe(before);
});
