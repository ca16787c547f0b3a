import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { run, until } from '../fixtures/run.ts';
import { npmEnv, packTarball } from '../fixtures/tarball.ts';
import { type World, configText, makeWorld, test } from '../fixtures/world.ts';

let maker: Awaited<ReturnType<typeof makeWorld>>;
let tarball: string;

beforeAll(async () => {
  maker = await makeWorld();
  tarball = await packTarball(maker.root, maker.env);
});

afterAll(async () => {
  await maker.close();
});

/** A repository of somebody who has never heard of us, with a config in it. */
async function strangersClone(world: World): Promise<string> {
  const dir = join(world.root, 'stranger');
  await world.git(['clone', '--quiet', world.remote, dir], { cwd: world.root });
  return dir;
}

test('the package has no dependencies, no install scripts, and nothing of this machine', async ({
  world,
}) => {
  await run('tar', ['xzf', tarball], { cwd: world.root, env: world.env });
  const root = join(world.root, 'package');
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, object>;
  const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')));

  expect(manifest['dependencies'] ?? {}).toEqual({});
  expect(
    Object.keys(manifest['scripts'] ?? {}).filter((name) => /^(?:pre|post)?install$/.test(name)),
  ).toEqual([]);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2 * 1024 * 1024);
  expect(texts.filter((text) => text.includes(resolve('.')))).toEqual([]);
  for (const name of [
    'hooks/pre-push',
    'dist/cli.cjs',
    'dist/boot.cjs',
    'dist/runner.cjs',
    'dist/index.js',
    'dist/index.d.ts',
    'schema.json',
    'THIRD-PARTY-NOTICES.txt',
    'sbom.cdx.json',
    'LICENSE',
    'README.md',
  ]) {
    expect(paths).toContain(join(root, name));
  }
});

test('npx of the package in a repository without package.json: install, push, build', async ({ world }) => {
  const dir = await strangersClone(world);
  const npx = (args: readonly string[]) =>
    run('npx', ['--yes', '--package', tarball, '--', ...args], { cwd: dir, env: npmEnv(world.env) });

  await npx(['codearts-hooks', 'install', '--yes']);
  const after = await world.commit('one', dir);
  await world.git(['push', '--quiet', 'origin', 'main'], { cwd: dir });
  await until('the build', async () => world.triggers().length > 0);
  await world.settled(join(dir, '.git'));

  expect(world.triggers()).toMatchObject([{ ref: 'refs/heads/main', after }]);
  expect((await npx(['cah', '--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect((await world.git(['status', '--porcelain'], { cwd: dir })).stdout).toBe('');
});

test('npm ci runs the root prepare script, and pushes go on working without node_modules', async ({
  world,
}) => {
  const dir = await strangersClone(world);
  const manifest = {
    private: true,
    scripts: { prepare: 'codearts-hooks install --quiet || exit 0' },
    devDependencies: { 'codearts-hooks': `file:${tarball}` },
  };
  await writeFile(join(dir, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(dir, 'codearts-hooks.json'), configText());
  const npm = { cwd: dir, env: { ...npmEnv(world.env), CI: 'false', CODEARTS_HOOKS_TRUST: '1' } };

  await run('npm', ['install', '--package-lock-only'], npm);
  const installed = await run('npm', ['ci'], npm);
  await run('rm', ['-rf', 'node_modules'], npm);
  await mkdir(join(dir, 'src'));
  const after = await world.commit('one', dir);
  await world.git(['push', '--quiet', 'origin', 'main'], npm);
  await until('the build', async () => world.triggers().length > 0);
  await world.settled(join(dir, '.git'));

  expect(installed.exitCode).toBe(0);
  expect(world.triggers()).toMatchObject([{ after }]);
});
