import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { supportsConfigHooks } from '../../../src/install/config-layer.ts';
import { run } from '../../fixtures/run.ts';
import { type World, makeWorld, test } from '../../fixtures/world.ts';

interface Row {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly remedy: string | null;
}

async function doctor(world: World, ...args: string[]): Promise<{ exitCode: number; rows: Row[] }> {
  const { exitCode, stdout } = await world.cli(['doctor', '--json', ...args], { mayFail: true });
  return { exitCode, rows: JSON.parse(stdout) as Row[] };
}

const bad = (rows: readonly Row[]) => rows.filter(({ ok }) => !ok).map(({ check }) => check);

const git =
  (...args: string[]) =>
  async (world: World): Promise<void> => {
    await world.git(args);
  };

/** What can be wrong, the check that tells it, and whether `--fix` mends it. */
const ILLS: readonly (readonly [check: string, isMended: boolean, spoil: (world: World) => Promise<void>])[] =
  [
    ['files', true, ({ dir }) => rm(join(dir, '.git', 'codearts-hooks', 'runner.cjs'))],
    ['files', true, ({ dir }) => writeFile(join(dir, '.git', 'codearts-hooks', 'note'), '')],
    ['node', true, ({ dir }) => writeFile(join(dir, '.git', 'codearts-hooks', 'node'), '/gone/node\n')],
    ['enabled', false, git('config', 'codearts-hooks.enabled', 'false')],
    ['aliases', false, git('config', 'alias.up', 'push --no-verify')],
    ['evidence', false, git('config', 'core.logAllRefUpdates', 'false')],
    ['remotes', false, git('remote', 'remove', 'origin')],
    ['config', false, ({ dir }) => writeFile(join(dir, 'codearts-hooks.json'), '{"jobs": 1}')],
    ['config-lock', false, ({ dir }) => writeFile(join(dir, '.git', 'config.lock'), '')],
  ];

describe('doctor', () => {
  test('finds nothing wrong in a repository that is set up', async ({ world }) => {
    const { exitCode, rows } = await doctor(world, '--probe');

    expect(bad(rows)).toEqual([]);
    expect(exitCode).toBe(0);
    expect(rows.at(-1)?.detail).toContain('the runner takes it up');
    expect(world.triggers()).toEqual([]);
    expect(await readdir(join(world.dir, '.git', 'codearts-hooks', 'notes'))).toEqual([]);
  });

  test.each(ILLS)(
    '%s: tells what is wrong and what to do (mended by --fix: %j)',
    async (check, isMended, spoil) => {
      const world = await makeWorld();
      await spoil(world);

      const found = await doctor(world);
      const mended = isMended ? await doctor(world, '--fix') : null;
      await world.close();

      const row = found.rows.find((each) => each.check === check);
      expect(found.exitCode).toBe(1);
      expect(row).toMatchObject({ ok: false, remedy: expect.stringMatching(/\w/) as string });
      expect(bad(found.rows).filter((name) => name !== check && name !== 'trust')).toEqual([]);
      if (mended) expect(mended.rows.find((each) => each.check === check)?.ok).toBe(true);
    },
  );

  test('hook-file: a pre-push that is gone is told of, unless git’s config calls ours', async ({ world }) => {
    await rm(join(world.dir, '.git', 'hooks', 'pre-push'));

    const found = await doctor(world);
    const probe = await doctor(world, '--fix', '--probe');

    expect(bad(found.rows)).toEqual((await supportsConfigHooks(world.env)) ? [] : ['hook-file']);
    expect(probe.exitCode).toBe(0);
  });
});

describe('what others take out', () => {
  test('is put back by the next run', async ({ world }) => {
    const hooks = join(world.dir, '.git', 'hooks');
    await rm(join(hooks, 'pre-push'));
    await rm(join(hooks, 'post-push'));
    await world.git(['config', '--remove-section', 'hook.codearts-hooks'], { mayFail: true });

    await world.cli(['flush']);
    await world.settled();
    const { stdout } = await world.cli(['status', '--json']);

    expect(await readdir(hooks)).toEqual(expect.arrayContaining(['pre-push', 'post-push']));
    expect((JSON.parse(stdout) as { layers: { ok: boolean }[] }).layers.every(({ ok }) => ok)).toBe(true);
    expect(await readFile(join(world.dir, '.git', 'codearts-hooks', 'log'), 'utf8')).toContain('put back: ');
  });

  test('is not put back where somebody has a hook of their own since', async ({ world }) => {
    const hook = join(world.dir, '.git', 'hooks', 'pre-push');
    await writeFile(hook, '#!/bin/sh\necho mine\n', { mode: 0o755 });

    await world.cli(['flush']);
    await world.settled();

    expect(await readFile(hook, 'utf8')).toBe('#!/bin/sh\necho mine\n');
  });

  test('an entry with an event and no command, which stops every hook of git, is mended by install', async ({
    world,
  }) => {
    await world.git(['config', '--remove-section', 'hook.codearts-hooks'], { mayFail: true });
    await world.git(['config', 'hook.codearts-hooks.event', 'pre-push']);

    await world.cli(['install', '--yes']);
    await world.commit('one');
    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();

    expect(world.triggers()).toHaveLength(1);
  });
});

describe('install --dry-run', () => {
  test('prints a diff that git can read, and changes nothing', async ({ world }) => {
    await world.cli(['uninstall', '--force']);
    const hook = join(world.dir, '.git', 'hooks', 'pre-push');
    await writeFile(hook, '#!/bin/sh\necho mine\n', { mode: 0o755 });
    const before = await run('find', ['.git'], { cwd: world.dir, env: world.env });

    const { stdout } = await world.cli(['install', '--dry-run']);
    const checked = await run('git', ['apply', '--stat', '--unsafe-paths', '-'], {
      cwd: world.root,
      env: world.env,
      stdin: stdout,
    });

    expect(stdout).toContain('--- a/.git/hooks/pre-push\n+++ b/.git/hooks/pre-push\n');
    expect(stdout).toContain('\n #!/bin/sh\n+# >>> codearts-hooks 2 >>>');
    expect(checked.stdout).toContain('.git/hooks/pre-push');
    expect((await run('find', ['.git'], { cwd: world.dir, env: world.env })).stdout).toBe(before.stdout);
    expect(await readFile(hook, 'utf8')).toBe('#!/bin/sh\necho mine\n');
  });
});
