import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import { beforeAll, expect } from 'vitest';
import { run } from '../../fixtures/run.ts';
import { type World, test } from '../../fixtures/world.ts';

/** An install in a tier of its own dies at each third step, else at each so many; from a different one each day. */
const INSTALL_STRIDE = process.env['CODEARTS_TEST_TIER'] ? 3 : 24;
const COMMANDS = [
  { command: 'install', stride: INSTALL_STRIDE, first: 1 + (new Date().getUTCDate() % INSTALL_STRIDE) },
  // It has few.
  { command: 'uninstall', stride: 1, first: 1 },
] as const;
const CLI = join('.cache', 'killed', 'cli.cjs');

/** The command line, which can be made to die at each of its steps. It finds hooks/ and dist/ beside it. */
beforeAll(async () => {
  await build({
    input: 'src/cli.ts',
    platform: 'node',
    logLevel: 'silent',
    resolve: {
      alias: { 'jsonc-parser': join(process.cwd(), 'node_modules/jsonc-parser/lib/esm/main.js') },
    },
    transform: {
      define: { __VERSION__: JSON.stringify('0.0.0-test'), __PACE__: '1', __CHECKPOINTS__: 'true' },
    },
    output: { file: CLI, format: 'cjs', exports: 'none', codeSplitting: false },
  });
});

const HOOK = '#!/usr/bin/env python3\nimport os\nopen(os.environ["LOG"], "a").write("x")\n';

/** A clone with a hook that has to make room, and with git's own config in a known state. */
async function makeClone(world: World): Promise<{ dir: string; footprint: () => Promise<string> }> {
  const dir = join(world.root, 'clone');
  await run('rm', ['-rf', dir], { cwd: world.root, env: world.env });
  await world.git(['clone', '--quiet', world.remote, dir], { cwd: world.root });
  await writeFile(join(dir, '.git', 'hooks', 'pre-push'), HOOK, { mode: 0o755 });
  world.env['LOG'] = join(world.root, 'log');
  const footprint = async () => {
    const script = 'find .git/hooks .git/config -type f -printf "%p %m " -exec cksum {} + | sort; ls .git';
    return (await run('sh', ['-c', script], { cwd: dir, env: world.env })).stdout;
  };
  return { dir, footprint };
}

/** Whether git and the user's hook work, whatever state an install was left in. */
async function expectWorking(world: World, dir: string, step: string): Promise<void> {
  await writeFile(join(world.root, 'log'), '');
  await world.commit(step, dir);
  await world.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/other', '--force'], { cwd: dir });
  expect(await readFile(join(world.root, 'log'), 'utf8'), step).toBe('x');
}

for (const { command, stride, first } of COMMANDS) {
  test(`${command}, killed at any step: git works, and so does the hook of the user; the next one mends it`, async ({
    world,
  }) => {
    let steps = 0;
    for (let step = first; ; step += stride) {
      const { dir, footprint } = await makeClone(world);
      const before = await footprint();
      if (command === 'uninstall') await world.cli(['install', '--yes'], { cwd: dir });

      const ran = await run(
        process.execPath,
        [join(process.cwd(), CLI), command, ...(command === 'install' ? ['--yes'] : ['--force'])],
        {
          cwd: dir,
          env: { ...world.env, CODEARTS_HOOKS_CRASH_AT: String(step) },
          mayFail: true,
        },
      );
      await expectWorking(world, dir, `${command}, step ${step}`);
      if (command === 'install') {
        await world.cli(['install', '--yes'], { cwd: dir });
        await world.settled(join(dir, '.git'));
        expect((await world.cli(['status', '--json'], { cwd: dir })).stdout).toContain('"installed": true');
      }
      await world.settled(join(dir, '.git'));
      await world.cli(['uninstall', '--force'], { cwd: dir });
      const after = await footprint();
      // What a push and a commit leave in .git is theirs.
      expect(withoutGits(after), `${command}, step ${step}`).toBe(withoutGits(before));
      steps += 1;
      if (ran.exitCode === 0) break;
    }
    expect(steps).toBeGreaterThan(stride === 3 ? 12 : 1);
  }, 600_000);
}

function withoutGits(footprint: string): string {
  return footprint.replaceAll(/^(?:COMMIT_EDITMSG|ORIG_HEAD|FETCH_HEAD|packed-refs|logs)\n/gm, '');
}
