import { chmod, copyFile, mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import { supportsConfigHooks } from '../../../src/install/config-layer.ts';
import { run, until } from '../../fixtures/run.ts';
import { lacks } from '../../fixtures/unavailable.ts';
import { type World, ZERO, configText, test } from '../../fixtures/world.ts';
import { hidingUsualNodes } from '../../shim/hidden-nodes.ts';
import { pathOf } from '../../shim/shells.ts';

// The acceptance scenarios of coexistence.md section 7 that need no other manager, by their numbers there.

const asOptions = ({ dir, env }: World) => ({ cwd: dir, env });

/** Commits, pushes, and expects one build of it. */
async function expectBuild(
  world: World,
  cwd: string = world.dir,
  commonDir = join(cwd, '.git'),
): Promise<void> {
  const seen = world.triggers().length;
  const after = await world.commit('a push', cwd);
  await world.git(['push', '--quiet', 'origin', 'HEAD:main'], { cwd });
  await world.settled(commonDir);
  expect(world.triggers().slice(seen)).toMatchObject([{ ref: 'refs/heads/main', after }]);
}

/** A clone without us; gives its folder. */
async function freshClone(world: World, ...args: readonly string[]): Promise<string> {
  const dir = join(world.root, 'fresh');
  await world.git(['clone', '--quiet', ...args, world.remote, dir], { cwd: world.root });
  return dir;
}

test('3. a hook of the user keeps its input, its name, its parent and its veto', async ({ world }) => {
  const dir = await freshClone(world);
  const hook = join(dir, '.git', 'hooks', 'pre-push');
  const log = join(world.root, 'log');
  const flag = join(world.root, 'no');
  const text = `#!/bin/sh -eu
echo "$0 $* $(tr '\\0' ' ' <"/proc/$PPID/cmdline")" >>'${log}'
cat >>'${log}'
test ! -e '${flag}'
`;
  await writeFile(hook, text, { mode: 0o755 });
  await world.cli(['install', '--yes'], { cwd: dir });
  const after = await world.commit('one', dir);

  await world.git(['push', '--quiet', 'origin', 'main'], { cwd: dir });
  await world.settled(join(dir, '.git'));
  await writeFile(flag, '');
  await world.commit('two', dir);
  const refused = await world.git(['push', '--quiet', 'origin', 'main'], { cwd: dir, mayFail: true });
  await world.settled(join(dir, '.git'));
  const [first, second] = (await readFile(log, 'utf8')).split('\n');
  await world.cli(['uninstall'], { cwd: dir });

  expect(first).toBe(`.git/hooks/pre-push origin ${world.remote} git push --quiet origin main `);
  expect(second).toContain(after);
  expect(refused.exitCode).toBe(1);
  expect(world.triggers()).toMatchObject([{ after }]);
  expect(await readFile(hook, 'utf8')).toBe(text);
});

test('7. hooks that a team has committed: nothing of them is changed, and they run', async ({ world }) => {
  const dir = await freshClone(world);
  await mkdir(join(dir, '.githooks'));
  await writeFile(join(dir, '.githooks', 'pre-push'), `#!/bin/sh\necho team >>'${world.root}/log'\n`, {
    mode: 0o755,
  });
  await world.commit('hooks of the team', dir);
  await world.git(['config', 'core.hooksPath', '.githooks'], { cwd: dir });
  const hasConfigHooks = await supportsConfigHooks(world.env);

  const installed = await world.cli(['install'], { cwd: dir, mayFail: true });
  const status = await world.git(['status', '--porcelain'], { cwd: dir });
  await world.cli(['trust', '--yes'], { cwd: dir });
  // It has a runner look for what waits, which finds pushes that no hook has seen.
  await world.settled(join(dir, '.git'));
  const after = await world.commit('one', dir);
  await world.git(['push', '--quiet', 'origin', 'main'], { cwd: dir });
  await world.settled(join(dir, '.git'));
  const atOnce = world.triggers().length;
  await world.cli(['flush'], { cwd: dir });
  await world.settled(join(dir, '.git'));

  expect(installed.stderr).toContain('belongs to the work tree, so it was left as it is');
  expect(installed.exitCode).toBe(hasConfigHooks ? 0 : 1);
  expect(status.stdout).toBe('');
  expect(await readFile(join(world.root, 'log'), 'utf8')).toBe('team\n');
  expect(atOnce).toBe(hasConfigHooks ? 1 : 0);
  expect(world.triggers()).toMatchObject([{ after }]);
});

test.skipIf(lacks('mounts'))(
  '10. a GUI without node on its PATH: the push passes, and what it left waits',
  async ({ world }) => {
    const few = join(world.root, 'few');
    await mkdir(few);
    for (const name of ['git', 'sh', 'cat', 'rm', 'sleep', 'setsid', 'unshare', 'mount']) {
      await symlink(pathOf(name), join(few, name));
    }
    await writeFile(join(world.dir, '.git', 'codearts-hooks', 'node'), '/gone/node\n');
    const after = await world.commit('one');
    const [program, ...args] = [...hidingUsualNodes(), 'git', 'push', '--quiet', 'origin', 'main'];

    const pushed = await run(program, args, { cwd: world.dir, env: { ...world.env, PATH: few } });
    const state = join(world.dir, '.git', 'codearts-hooks');
    await until('the mark', async () => (await readdir(state)).includes('no-node'));
    const doctor = await world.cli(['doctor'], { mayFail: true });
    // Last: it has a runner take up what waits, which puts the node right.
    const status = await world.cli(['status']);
    await world.cli(['install']);
    await world.cli(['flush']);
    await world.settled();

    expect(pushed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(status.stdout).toMatch(/the last push found no node, and waits\n +→ codearts-hooks install\n/);
    expect(doctor.stdout).toContain('the node that hooks start is gone: /gone/node');
    expect(world.triggers()).toMatchObject([{ after }]);
  },
);

test('11. without the package, on a branch that never had it, in a repository that was moved', async ({
  world,
}) => {
  const dir = await freshClone(world);
  await world.cli(['install', '--yes'], { cwd: dir });
  await world.git(['checkout', '--quiet', '--orphan', 'other'], { cwd: dir });
  const moved = join(world.root, 'moved');
  await rename(dir, moved);
  const after = await world.commit('without a package', moved);

  await world.git(['push', '--quiet', 'origin', 'other'], { cwd: moved });
  await world.settled(join(moved, '.git'));

  expect(await readdir(moved)).not.toContain('node_modules');
  expect(world.triggers()).toEqual([{ ref: 'refs/heads/other', before: ZERO, after }]);
});

test('a clone from a template with a hook of the user, and from one with ours in it', async ({ world }) => {
  const template = join(world.root, 'template');
  await mkdir(join(template, 'hooks'), { recursive: true });
  const hook = `#!/bin/bash\ncat >>'${world.root}/log'\n`;
  await writeFile(join(template, 'hooks', 'pre-push'), hook, { mode: 0o755 });
  const first = await freshClone(world, `--template=${template}`);
  await world.cli(['install', '--yes'], { cwd: first });
  await expectBuild(world, first);

  // Somebody makes a template of a repository that is set up.
  const ours = join(world.root, 'ours');
  await mkdir(ours);
  for (const name of ['hooks', 'codearts-hooks']) {
    await run('cp', ['-a', join(first, '.git', name), ours], asOptions(world));
  }
  await rename(first, join(world.root, 'first'));
  const second = await freshClone(world, `--template=${ours}`);
  await expectBuild(world, second);

  expect((await readFile(join(world.root, 'log'), 'utf8')).trim().split('\n')).toHaveLength(2);
});

test('a push of a repository of SHA-256 is seen, and told why it has no build', async ({ world }) => {
  const [dir, remote] = [join(world.root, 'long'), join(world.root, 'long.git')];
  const options = { cwd: world.root };
  await world.git(
    ['init', '--quiet', '--bare', '--object-format=sha256', '--initial-branch=main', remote],
    options,
  );
  await world.git(['init', '--quiet', '--object-format=sha256', '--initial-branch=main', dir], options);
  await world.git(['remote', 'add', 'origin', remote], { cwd: dir });
  await writeFile(join(dir, 'codearts-hooks.json'), configText());
  await world.cli(['install', '--yes'], { cwd: dir });

  const after = await world.commit('one', dir);
  await world.git(['push', '--quiet', 'origin', 'main'], { cwd: dir });
  await world.settled(join(dir, '.git'));
  const { stdout } = await world.cli(['history', '--json'], { cwd: dir });

  expect(after).toHaveLength(64);
  // Seen and told; the service builds no such commit.
  expect(JSON.parse(stdout)).toMatchObject([
    { after, state: 'failed', reason: expect.stringContaining('SHA-256') },
  ]);
});

test('files of version 1 become those of today, and the hook that they kept stays in use', async ({
  world,
}) => {
  const dir = await freshClone(world);
  const [hooks, state] = [join(dir, '.git', 'hooks'), join(dir, '.git', 'codearts-hooks')];
  const earlier = resolve('test/fixtures/earlier/1');
  await mkdir(join(state, 'notes'), { recursive: true });
  for (const name of await readdir(earlier)) await copyFile(join(earlier, name), join(state, name));
  for (const name of ['pre-push', 'post-push']) await copyFile(join(earlier, name), join(hooks, name));
  const kept = `#!/bin/sh\ncat >>'${world.root}/log'\n`;
  await writeFile(join(hooks, 'pre-push.next'), kept);
  await chmod(join(hooks, 'pre-push.next'), 0o755);
  const manifest = { version: '0.1.0', hooksDir: 'hooks', madeHooksDir: false, kept: ['pre-push'] };
  await writeFile(join(state, 'installed.json'), JSON.stringify(manifest));
  await writeFile(join(state, 'runner.cjs'), '');

  const before = await run(join(hooks, 'pre-push'), ['--version'], { cwd: world.root, env: world.env });
  await world.cli(['install', '--yes'], { cwd: dir });
  const after = await run(join(hooks, 'pre-push'), ['--version'], { cwd: world.root, env: world.env });
  await expectBuild(world, dir);
  await world.cli(['uninstall'], { cwd: dir });

  expect(before.stdout).toBe('');
  expect(after.stdout).toBe('codearts-hooks shim 2: pre-push\n');
  expect(await readFile(join(world.root, 'log'), 'utf8')).toContain('refs/heads/main');
  expect(await readFile(join(hooks, 'pre-push'), 'utf8')).toBe(kept);
  expect(await readdir(hooks)).not.toContain('pre-push.next');
  await rm(dir, { recursive: true });
});
