import { chmod, readFile, readdir, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { FREQUENT } from '../../src/start-cli.ts';
import { type World, test } from '../fixtures/world.ts';

const stateOf = (world: World): string => join(world.dir, '.git', 'codearts-hooks');

async function caches(world: World): Promise<string[]> {
  return (await readdir(stateOf(world))).filter((name) => name.startsWith('code-cache.'));
}

async function push(world: World): Promise<void> {
  await world.commit('a change');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.settled();
}

test('what V8 made of the runner is kept by the first run, for the user alone, and serves the next', async ({
  world,
}) => {
  await push(world);
  const [name = '', ...others] = await caches(world);
  const path = join(stateOf(world), name);
  const { ino, mode } = await stat(path);
  await push(world);

  expect(others).toEqual([]);
  expect(mode & 0o777).toBe(0o600);
  // One that V8 had refused would have been made anew.
  expect((await stat(path)).ino).toBe(ino);
  expect(world.triggers()).toHaveLength(2);
});

test.each([
  ['was cut off', async (path: string) => await truncate(path, 1000)],
  ['is empty', async (path: string) => await truncate(path, 0)],
  [
    'has another byte',
    async (path: string) => {
      const bytes = await readFile(path);
      bytes[5000] = (bytes[5000] ?? 0) ^ 0xff;
      await writeFile(path, bytes);
    },
  ],
])('one that %s is not believed: the push is built, and it is made anew', async (_, damage) => {
  const { makeWorld } = await import('../fixtures/world.ts');
  const world = await makeWorld();
  try {
    await push(world);
    const [name = ''] = await caches(world);
    const path = join(stateOf(world), name);
    const whole = (await stat(path)).size;
    await damage(path);
    const { ino } = await stat(path);
    await push(world);

    expect(world.triggers()).toHaveLength(2);
    expect((await stat(path)).ino).not.toBe(ino);
    expect((await stat(path)).size).toBeGreaterThan(whole / 2);
  } finally {
    await world.close();
  }
});

test('another runner has another cache, whatever its size and date; of many the newest stay', async ({
  world,
}) => {
  await push(world);
  const path = join(stateOf(world), 'runner.cjs');
  const { atime, mtime } = await stat(path);
  const text = await readFile(path, 'utf8');
  for (const letter of ['a', 'b', 'c', 'd']) {
    await writeFile(path, `${text}//${letter}\n`);
    await utimes(path, atime, mtime);
    await push(world);
  }
  const names = await caches(world);

  expect(names).toHaveLength(3);
  expect(world.triggers()).toHaveLength(5);
});

test('one that others may write is not believed', async ({ world }) => {
  await push(world);
  const [name = ''] = await caches(world);
  const path = join(stateOf(world), name);
  await chmod(path, 0o622);
  const { ino } = await stat(path);
  await push(world);

  expect((await stat(path)).ino).not.toBe(ino);
  expect(world.triggers()).toHaveLength(2);
});

test('the command line has its own in the user’s cache folder, and works without one', async ({ world }) => {
  const folder = join(world.root, 'cache');
  const env = { ...world.env, XDG_CACHE_HOME: folder };
  const status = async (more: Record<string, string> = {}) =>
    (await world.cli(['status', '--json'], { env: { ...env, ...more } })).stdout;

  const first = await status();
  const [name = '', ...others] = await readdir(join(folder, 'codearts-hooks'));
  const second = await status();
  const without = await status({ XDG_CACHE_HOME: '/dev/null' });

  expect(name).toMatch(/^code-cache\.main\.cjs\./);
  expect(others).toEqual([]);
  expect([second, without]).toEqual([first, first]);
});

test('help, failures and rare commands leave nothing that a frequent one would start from', async ({
  world,
}) => {
  const folder = join(world.root, 'cache');
  const env = { ...world.env, XDG_CACHE_HOME: folder };
  const call = (args: readonly string[], cwd = world.dir) => world.cli(args, { env, cwd, mayFail: true });

  await call(['status', '--help']);
  await call(['status'], world.root);
  for (const word of ['aaa', 'bbb']) await call([word, '--help']);
  await call(['status']);
  const names = (await readdir(join(folder, 'codearts-hooks'))).map((name) => name.split('.')[3]);

  expect(new Set(names)).toEqual(new Set(['other', 'status']));
  expect(names).toHaveLength(2);
});

test('what counts as frequent are commands', () => {
  const commands = COMMANDS.map(({ name }) => name);

  expect(FREQUENT.filter((name) => !commands.includes(name))).toEqual([]);
});
