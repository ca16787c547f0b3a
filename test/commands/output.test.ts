import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../fixtures/run.ts';
import { test } from '../fixtures/world.ts';

const CLI = join(process.cwd(), 'dist', 'cli.cjs');

test
  .skipIf(!existsSync('/dev/full'))
  .for([['--version'], ['--help'], ['history', '--help'], ['history', '--json']])(
  '%j to a full disk is told, and is no success',
  async (args, { world: { dir, env } }) => {
    const line = 'exec "$0" "$@" >/dev/full';

    const told = await run('sh', ['-c', line, process.execPath, CLI, ...args], {
      cwd: dir,
      env,
      mayFail: true,
    });

    expect(told).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^error: standard output cannot be written: ENOSPC.*\nhint: what the command does/,
      ),
    });
  },
);

test('a reader that has seen enough is no failure', async ({ world: { dir, env } }) => {
  const told = await run(
    'sh',
    ['-c', '{ "$0" "$@"; echo "exit $?" >&2; } | :', process.execPath, CLI, '--help'],
    {
      cwd: dir,
      env,
    },
  );

  expect(told.stderr).toBe('exit 0\n');
});

test('history --follow ends with the first line that nobody reads', async ({ world }) => {
  const { dir, env } = world;
  await world.commit('one');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.settled();
  const following = spawn(process.execPath, [CLI, 'history', '--follow'], { cwd: dir, env });
  const ended = once(following, 'exit');

  await once(following.stdout, 'data');
  following.stdout.destroy();
  await world.commit('two');
  await world.git(['push', '--quiet', 'origin', 'main']);

  expect(await ended).toEqual([0, null]);
});
