import { spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noteNames } from '../../../src/push/notes.ts';
import { until } from '../../fixtures/run.ts';
import { type World, makeWorld } from '../../fixtures/world.ts';
import { EVERYTHING } from './expect-exact.ts';

/** Starts a push of main in a process group of its own; the server has accepted it, and does not let go. */
async function heldPush(
  world: World,
): Promise<{ pid: number; ended: Promise<unknown>; release: () => Promise<void> }> {
  const release = join(world.root, 'release');
  const hook = join(world.remote, 'hooks', 'post-receive');
  await writeFile(hook, `#!/bin/sh\nwhile ! test -e "${release}"; do sleep 0.02; done\n`);
  await chmod(hook, 0o755);
  const after = await world.commit('one');
  const child = spawn('git', ['push', '--quiet', 'origin', 'main'], {
    cwd: world.dir,
    env: world.env,
    detached: true,
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await until('the server to accept', async () => (await world.remoteRefs())['refs/heads/main'] === after);
  return { pid: child.pid ?? 0, ended, release: () => writeFile(release, '') };
}

describe.concurrent('a push that is killed after the server has accepted it', () => {
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    test(`by ${signal} to git starts its build`, async () => {
      const world = await makeWorld(EVERYTHING);
      const push = await heldPush(world);

      process.kill(push.pid, signal);
      await push.ended;
      await push.release();
      await world.settled();

      expect(world.triggers()).toMatchObject([
        { ref: 'refs/heads/main', after: (await world.remoteRefs())['refs/heads/main'] },
      ]);
      await world.close();
    });
  }

  test('with its watcher and its whole group is settled by the next run', async () => {
    const world = await makeWorld(EVERYTHING);
    const push = await heldPush(world);

    process.kill(-push.pid, 'SIGKILL');
    await push.ended;
    await push.release();
    const notes = await noteNames(join(world.dir, '.git', 'codearts-hooks', 'notes'));
    const seen = world.triggers();
    await world.cli(['flush']);

    expect(notes).not.toEqual([]); // of each layer one
    expect(seen).toEqual([]);
    expect(world.triggers()).toMatchObject([
      { ref: 'refs/heads/main', after: (await world.remoteRefs())['refs/heads/main'] },
    ]);
    await world.close();
  });

  test('before the server has accepted it starts nothing', async () => {
    const world = await makeWorld(EVERYTHING);
    const release = join(world.root, 'release');
    const hook = join(world.remote, 'hooks', 'pre-receive');
    await writeFile(
      hook,
      `#!/bin/sh\ntouch "${world.root}/reached"\nwhile ! test -e "${release}"; do sleep 0.02; done\nexit 1\n`,
    );
    await chmod(hook, 0o755);
    await world.commit('one');
    const child = spawn('git', ['push', '--quiet', 'origin', 'main'], {
      cwd: world.dir,
      env: world.env,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await until(
      'the server to be at it',
      async () =>
        (await world.git(['hash-object', `${world.root}/reached`], { mayFail: true })).exitCode === 0,
    );

    child.kill('SIGKILL');
    await ended;
    await writeFile(release, '');
    await world.settled();

    expect(world.triggers()).toEqual([]);
    await world.close();
  });
});
