import { existsSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from 'vitest';
import { type Ran, run } from '../fixtures/run.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { CLI, type World, test } from '../fixtures/world.ts';

/** Runs a command with standard output redirected as the shell does it; it may fail. */
function callInto(
  target: string,
  args: readonly string[],
  { dir, env }: Pick<World, 'dir' | 'env'>,
): Promise<Ran> {
  return run('sh', ['-c', `exec "$0" "$@" ${target}`, process.execPath, CLI, ...args], {
    cwd: dir,
    env,
    mayFail: true,
  });
}

test
  .skipIf(!existsSync('/dev/full'))
  .for([['--version'], ['--help'], ['history', '--help'], ['history', '--json']])(
  '%j to a full disk is told, and is no success',
  async (args, { world }) => {
    const told = await callInto('>/dev/full', args, world);

    expect(told).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(
        /^error: standard output cannot be written: ENOSPC.*\nhint: what the command does/,
      ),
    });
  },
);

test.skipIf(lacks('mounts'))(
  'of a disk that runs full on the way, too: what was cut off is no success',
  async ({ world }) => {
    const { root, env } = world;
    const script = `mount -t tmpfs -o size=4k none '${root}/home' && "$0" "$@" >'${root}/home/cut'`;

    const told = await run(
      'unshare',
      ['--mount', 'sh', '-c', script, process.execPath, CLI, 'completion', 'fish'],
      {
        cwd: root,
        env,
        mayFail: true,
      },
    );

    expect(told).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('cannot be written: ENOSPC') });
  },
);

test.skipIf(!existsSync('/dev/full'))(
  'history --follow to a full disk is told in the same words',
  async ({ world }) => {
    await world.commit('one');
    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();

    const told = await callInto('>/dev/full', ['history', '--follow'], world);

    expect(told).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^error: standard output cannot be written/),
    });
  },
);

test.skipIf(!existsSync('/dev/full'))(
  'who has nothing to say does not mind',
  async ({ world: { root, env } }) => {
    for (const target of ['>/dev/full', '1</dev/null', '>&-']) {
      const told = await callInto(target, ['install', '--quiet'], { dir: root, env });

      expect(told).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    }
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
