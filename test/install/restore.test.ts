import { chmod, cp, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { lockFolder } from '../../src/delivery/lock-folder.ts';
import { isRunning } from '../../src/platform/processes.ts';
import { lastOwner } from '../../src/platform/lock.ts';
import { run, until } from '../fixtures/run.ts';
import { type World, test } from '../fixtures/world.ts';

const SH_HOOK = '#!/bin/sh\necho "an earlier hook"\n';

/** A second clone without us, with what `prepare` puts into its hooks dir; gives it and a copy of its .git. */
async function cloneWith(
  world: World,
  prepare: (hooks: string) => Promise<void>,
): Promise<{ dir: string; copy: string }> {
  const dir = join(world.root, 'other');
  await world.git(['clone', '--quiet', world.remote, dir], { cwd: world.root });
  await prepare(join(dir, '.git', 'hooks'));
  const copy = join(world.root, 'copy');
  await cp(join(dir, '.git'), copy, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  return { dir, copy };
}

/**
 * What two folders differ in: names, modes, links, and files that `cmp` finds different byte by byte.
 *
 * @returns '' when they do not
 */
async function difference(world: World, a: string, b: string): Promise<string> {
  const list = async (folder: string): Promise<string> => {
    const { stdout } = await run('find', ['.', '-printf', '%P %m %y %l\n'], { cwd: folder, env: world.env });
    return stdout.split('\n').sort().join('\n');
  };
  const [listA, listB] = [await list(a), await list(b)];
  if (listA !== listB) return `${listA}\n--- is not\n${listB}`;
  const files = listA.split('\n').flatMap((line) => /^(.+) \d+ f $/.exec(line)?.[1] ?? []);
  const compared = await Promise.all(
    files.map((name) => run('cmp', [join(a, name), join(b, name)], optionsOf(world))),
  );
  return compared.map(({ stdout, stderr }) => stdout + stderr).join('');
}

const EARLIER: Readonly<Record<string, (hooks: string) => Promise<void>>> = {
  'no hook': async () => undefined,
  'an executable pre-push': async (hooks) => {
    await writeFile(join(hooks, 'pre-push'), SH_HOOK, { mode: 0o755 });
  },
  'a pre-push that is not executable': async (hooks) => {
    await writeFile(join(hooks, 'pre-push'), SH_HOOK, { mode: 0o644 });
  },
  'a binary pre-push with mode 0700': async (hooks) => {
    await writeFile(join(hooks, 'pre-push'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0xff, 0xfe, 10, 13]));
    await chmod(join(hooks, 'pre-push'), 0o700);
  },
  'a pre-push that is a link': async (hooks) => {
    await symlink('../description', join(hooks, 'pre-push'));
  },
  'a post-push and a reference-transaction': async (hooks) => {
    await writeFile(join(hooks, 'post-push'), SH_HOOK, { mode: 0o755 });
    await writeFile(join(hooks, 'reference-transaction'), SH_HOOK, { mode: 0o755 });
  },
  'a post-push beside an empty post-push.d': async (hooks) => {
    await writeFile(join(hooks, 'post-push'), SH_HOOK, { mode: 0o755 });
    await mkdir(join(hooks, 'post-push.d'));
  },
};

for (const [what, prepare] of Object.entries(EARLIER)) {
  test(`uninstall leaves a repository with ${what} byte for byte as it was`, async ({ world }) => {
    const { dir, copy } = await cloneWith(world, prepare);

    await world.cli(['install', '--yes'], { cwd: dir });
    await world.cli(['install', '--yes'], { cwd: dir });
    await world.cli(['uninstall'], { cwd: dir });

    expect(await difference(world, join(dir, '.git'), copy)).toBe('');
  });
}

test('uninstall after pushes, kept hook and all, restores the hooks dir', async ({ world }) => {
  const { dir, copy } = await cloneWith(world, async (hooks) => {
    await writeFile(join(hooks, 'pre-push'), SH_HOOK, { mode: 0o755 });
  });
  await world.cli(['install', '--yes'], { cwd: dir });
  await world.commit('one', dir);
  await world.git(['push', '--quiet', 'origin', 'main'], { cwd: dir });
  await world.settled(join(dir, '.git'));

  await world.cli(['uninstall'], { cwd: dir });

  expect(await difference(world, join(dir, '.git', 'hooks'), join(copy, 'hooks'))).toBe('');
});

test('uninstall right after a push with reference-transaction armed leaves no hook of ours', async ({
  world,
}) => {
  const { dir, copy } = await cloneWith(world, async () => undefined);
  await mkdir(join(world.env['HOME'] ?? '', '.config', 'codearts-hooks'), { recursive: true });
  const preferences = join(world.env['HOME'] ?? '', '.config', 'codearts-hooks', 'config.json');
  await writeFile(preferences, '{"reference-transaction": "armed"}');
  await world.cli(['install', '--yes'], { cwd: dir });
  await world.commit('one', dir);
  await world.git(['push', '--quiet', 'origin', 'main'], { cwd: dir });
  await world.settled(join(dir, '.git'));
  const armed = await readdir(join(dir, '.git', 'hooks'));

  await world.cli(['uninstall'], { cwd: dir });

  expect(armed).toContain('reference-transaction');
  expect(await difference(world, join(dir, '.git', 'hooks'), join(copy, 'hooks'))).toBe('');
});

for (const [what, hooksPath] of [
  ['relative', 'my hooks'],
  ['absolute', '.git/own-hooks'],
] as const) {
  test(`uninstall leaves a hooks dir elsewhere (core.hooksPath, ${what}) as it was`, async ({ world }) => {
    const dir = join(world.root, 'other');
    const hooks = join(dir, hooksPath);
    await world.git(['clone', '--quiet', world.remote, dir], { cwd: world.root });
    await mkdir(hooks);
    await writeFile(join(hooks, 'pre-push'), SH_HOOK, { mode: 0o755 });
    await cp(hooks, join(world.root, 'copy'), { recursive: true, preserveTimestamps: true });
    await world.git(['config', 'core.hooksPath', what === 'absolute' ? hooks : hooksPath], { cwd: dir });

    await world.cli(['install', '--yes'], { cwd: dir });
    const installed = await difference(world, hooks, join(world.root, 'copy'));
    await world.cli(['uninstall'], { cwd: dir });

    expect(installed).toContain('pre-push differ');
    expect(await difference(world, hooks, join(world.root, 'copy'))).toBe('');
  });
}

test('uninstall while a runner waits for its next attempt: nothing comes back', async ({ world }) => {
  const { dir, copy } = await cloneWith(world, async () => undefined);
  await world.cli(['install', '--yes'], { cwd: dir });
  world.sandbox.setFaults([{ kind: 'throttled', retryAfterSeconds: 3 }]);
  await world.commit('one', dir);
  await world.git(['push', '--quiet', 'origin', 'main'], { cwd: dir });
  await until('the first attempt', async () => world.sandbox.requests().length > 0);
  const owner = await lastOwner(lockFolder({ root: join(dir, '.git', 'codearts-hooks') }));

  await world.cli(['uninstall', '--force'], { cwd: dir });
  await until('the end of the runner', async () => owner !== null && !isRunning(owner));

  expect(await readdir(join(dir, '.git'))).not.toContain('codearts-hooks');
  expect(await difference(world, join(dir, '.git', 'hooks'), join(copy, 'hooks'))).toBe('');
  expect(world.triggers()).toEqual([]);
});

test('a hooks dir that was not there is not there afterwards', async ({ world }) => {
  const dir = join(world.root, 'bald');
  await world.git(['clone', '--quiet', '--template=', world.remote, dir], { cwd: world.root });

  await world.cli(['install', '--yes'], { cwd: dir });
  await world.cli(['uninstall'], { cwd: dir });

  const { stdout } = await run('find', [join(dir, '.git'), '-name', 'hooks'], optionsOf(world));
  expect(stdout).toBe('');
});

test('uninstall refuses to drop what has not been delivered, and says so with --force', async ({ world }) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  await world.commit('one');
  await world.git(['push', '--quiet'], { env });
  await world.settled();

  const refused = await world.cli(['uninstall'], { env, mayFail: true });
  const forced = await world.cli(['uninstall', '--force'], { env });

  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('1 trigger has not been delivered');
  expect(forced.stderr).toContain('dropped: refs/heads/main');
});

test('a hook that another tool has written over ours stays, and the kept one is named', async ({ world }) => {
  const hooks = join(world.dir, '.git', 'hooks');
  await writeFile(join(hooks, 'pre-push'), SH_HOOK, { mode: 0o755 });

  await world.cli(['uninstall']);

  expect(await readFile(join(hooks, 'pre-push'), 'utf8')).toBe(SH_HOOK);
});

test('install keeps out of hooks in the work tree until it is told yes', async ({ world }) => {
  await mkdir(join(world.dir, '.githooks'));
  await writeFile(join(world.dir, '.githooks', 'pre-push'), SH_HOOK, { mode: 0o755 });
  await world.commit('hooks of the team');
  await world.git(['config', 'core.hooksPath', '.githooks']);

  const kept = await world.cli(['install'], { mayFail: true });
  const untouched = await world.git(['status', '--porcelain', '.githooks']);

  expect(kept.exitCode).toBe(1);
  expect(kept.stderr).toContain('belongs to the work tree');
  expect(untouched.stdout).toBe('');
});

function optionsOf(world: World) {
  return { cwd: world.root, env: world.env, mayFail: true };
}
