import { expect, test } from 'vitest';
import { openGit } from '../../src/platform/git.ts';
import { startRawServer } from '../fixtures/raw-server.ts';
import { makeRepo } from '../fixtures/repo.ts';

test('arguments reach git as they are, and no shell', async () => {
  const { product } = await makeRepo();

  const { stdout } = await product.run(['-c', 'x.y=a b;$(id) `id` "q" \\', 'config', '--get', 'x.y']);

  expect(stdout).toBe('a b;$(id) `id` "q" \\\n');
});

test('what git says and how it ends is given, not thrown', async () => {
  const { product } = await makeRepo();

  const result = await product.run(['rev-parse', '--verify', 'nothing']);

  expect(result).toMatchObject({ exitCode: 128, stdout: '' });
  expect(result.stderr).toContain('fatal');
});

test('a git that cannot be started, takes too long or says too much has no exit code of its own', async () => {
  const { product, gitDir, dir, env } = await makeRepo();
  const none = openGit(gitDir, dir, { ...env, PATH: '/nowhere' });

  expect((await none.run(['version'])).exitCode).toBe(-1);
  expect((await product.run(['cat-file', '--batch'], { stdin: 'x\n'.repeat(500), limit: 10 })).exitCode).toBe(
    -1,
  );
  const silent = await startRawServer(() => undefined);
  const url = silent.url.replace('http:', 'git:');
  expect((await product.run(['ls-remote', '--', `${url}/r.git`], { timeoutMs: 100 })).exitCode).toBe(-1);
});

test('it is the repository that is meant, whatever the hook’s environment says', async () => {
  const other = await makeRepo();
  const { gitDir, dir, env } = await makeRepo();
  const git = openGit(gitDir, dir, { ...env, GIT_DIR: other.gitDir, GIT_WORK_TREE: other.dir });

  const { stdout } = await git.run(['rev-parse', '--absolute-git-dir']);

  expect(stdout.trim()).toBe(gitDir);
});

test('standard input reaches git, and output comes in pieces', async () => {
  const { product } = await makeRepo();
  const stdin = 'x\n'.repeat(100_000);

  const pieces: Buffer[] = [];
  for await (const piece of product.stream(['cat-file', '--batch-check'], { stdin })) pieces.push(piece);

  expect(pieces.length).toBeGreaterThan(1);
  expect(Buffer.concat(pieces).toString('utf8')).toBe('x missing\n'.repeat(100_000));
});

test('a reader that stops ends git', async () => {
  const { product } = await makeRepo();

  const started = Date.now();
  for await (const _ of product.stream(['-c', 'alias.x=!echo one; exec sleep 60', 'x'])) break;

  expect(Date.now() - started).toBeLessThan(20_000);
});

test('a git that takes too long is given up, whatever its own children do', async () => {
  const { product } = await makeRepo();

  const started = Date.now();
  await product.run(['-c', 'alias.wait=!sleep 60', 'wait'], { timeoutMs: 50 });

  expect(Date.now() - started).toBeLessThan(30_000);
});
