import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type World, makeWorld } from '../../fixtures/world.ts';
import { type Case, EVERYTHING, expectExact } from './expect-exact.ts';

const tryPush =
  (...args: string[]) =>
  async (world: World): Promise<void> => {
    await world.git(['push', '--quiet', ...args], { mayFail: true });
  };

/** Somebody else has pushed to main meanwhile; `known`: and we have fetched it. */
const overtaken =
  (known: boolean) =>
  async (world: World): Promise<void> => {
    const other = join(world.root, 'other');
    await world.git(['clone', '--quiet', world.remote, other], { cwd: world.root });
    await world.commit('of somebody else', other);
    await world.git(['push', '--quiet', 'origin', 'main'], { cwd: other });
    await world.commit('ours');
    await world.git(['branch', 'topic']);
    if (known) await world.git(['fetch', '--quiet']);
  };

const remoteHook =
  (name: string, text: string) =>
  async (world: World): Promise<void> => {
    const path = join(world.remote, 'hooks', name);
    await writeFile(path, `#!/bin/sh\n${text}\n`);
    await chmod(path, 0o755);
    await world.commit('one');
    await world.git(['branch', 'bad']);
  };

const CASES: readonly Case[] = [
  { title: 'no fast-forward, and we know', prepare: overtaken(true), act: tryPush('origin', 'main') },
  { title: 'no fast-forward, and we do not know', prepare: overtaken(false), act: tryPush('origin', 'main') },
  { title: 'partly no fast-forward', prepare: overtaken(true), act: tryPush('origin', 'main', 'topic') },
  {
    title: 'partly no fast-forward, and we do not know',
    prepare: overtaken(false),
    act: tryPush('origin', 'main', 'topic'),
  },
  {
    title: '--atomic, refused here',
    prepare: overtaken(true),
    act: tryPush('--atomic', 'origin', 'main', 'topic'),
  },
  { title: 'a stale lease', prepare: overtaken(false), act: tryPush('--force-with-lease', 'origin', 'main') },
  {
    title: 'a tag that is there already',
    prepare: async (world) => {
      await world.git(['tag', 'v1']);
      await world.git(['push', '--quiet', 'origin', 'v1']);
      await world.commit('more');
      await world.git(['tag', '-f', 'v1']);
    },
    act: tryPush('origin', 'v1', 'main'),
  },
  {
    title: 'declined by pre-receive',
    prepare: remoteHook('pre-receive', 'exit 1'),
    act: tryPush('origin', 'main', 'bad'),
  },
  {
    title: 'partly declined by update',
    prepare: remoteHook('update', 'case $1 in */bad) exit 1 ;; esac'),
    act: tryPush('origin', 'main', 'bad'),
  },
  {
    title: '--atomic, declined by update',
    prepare: remoteHook('update', 'case $1 in */bad) exit 1 ;; esac'),
    act: tryPush('--atomic', 'origin', 'main', 'bad'),
  },
  {
    title: 'declined, of what was pushed before and has been taken back at the remote',
    prepare: async (world) => {
      const first = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
      await remoteHook('pre-receive', `! test -e "${world.root}/declines"`)(world);
      await world.git(['push', '--quiet', 'origin', 'main']);
      await world.settled();
      await world.git(['update-ref', 'refs/heads/main', first], { cwd: world.remote });
      await writeFile(join(world.root, 'declines'), '');
    },
    act: tryPush('origin', 'main'),
  },
  {
    title: 'accepted, and then the server dies',
    prepare: remoteHook('post-receive', 'kill -9 $PPID'),
    act: tryPush('origin', 'main'),
  },
  {
    title: 'a veto of the hook that was there before',
    prepare: async (world) => {
      await world.commit('one');
      await writeFile(join(world.dir, '.git/hooks/pre-push.next'), '#!/bin/sh\ncat >/dev/null\nexit 3\n', {
        mode: 0o755,
      });
    },
    act: tryPush('origin', 'main'),
  },
  { title: 'deleting what is not there', act: tryPush('origin', ':nowhere') },
  {
    title: 'a remote that is not there',
    prepare: async (world) => {
      await world.commit('one');
    },
    act: tryPush('../nowhere.git', 'main'),
  },
];

describe.concurrent('what is refused starts nothing', () => {
  for (const one of CASES) test(one.title, () => expectExact(one));

  test('what somebody else pushes while our hooks run, so that ours is refused, is not ours', async () => {
    const world = await makeWorld(EVERYTHING);
    const other = join(world.root, 'other');
    await world.git(['clone', '--quiet', world.remote, other], { cwd: world.root });
    const theirs = await world.commit('of somebody else', other);
    await world.commit('ours');
    const hook = `#!/bin/sh\nunset GIT_DIR\ngit -C "${other}" push --quiet origin main\n`;
    await writeFile(join(world.dir, '.git', 'hooks', 'pre-push.next'), hook, { mode: 0o755 });

    const { exitCode } = await world.git(['push', '--quiet', 'origin', 'main'], { mayFail: true });
    await world.settled();

    expect(exitCode).toBe(1);
    expect((await world.remoteRefs())['refs/heads/main']).toBe(theirs);
    expect(world.triggers()).toEqual([]);
    await world.close();
  });
});
