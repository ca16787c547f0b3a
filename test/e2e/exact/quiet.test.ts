import { join } from 'node:path';
import { describe, test } from 'vitest';
import { type Case, expectExact } from './expect-exact.ts';

const CASES: readonly Case[] = [
  {
    title: 'up to date',
    act: async (world) => {
      await world.git(['push', '--quiet', 'origin', 'main']);
    },
  },
  {
    title: 'up to date with a stale tracking ref',
    prepare: async (world) => {
      await world.git(['update-ref', 'refs/remotes/origin/main', 'HEAD~0']);
      await world.commit('one');
      await world.git(['push', '--quiet', 'origin', 'main']);
      await world.settled();
      await world.git(['update-ref', 'refs/remotes/origin/main', 'HEAD~']);
    },
    act: async (world) => {
      await world.git(['push', '--quiet', 'origin', 'main']);
    },
  },
  {
    title: 'up to date without a tracking ref',
    prepare: async (world) => {
      await world.git(['update-ref', '-d', 'refs/remotes/origin/main']);
    },
    act: async (world) => {
      await world.git(['push', '--quiet', 'origin', 'main']);
    },
  },
  {
    title: '--dry-run',
    prepare: async (world) => {
      await world.commit('one');
    },
    act: async (world) => {
      await world.git(['push', '--quiet', '--dry-run', 'origin', 'main']);
    },
  },
  {
    title: 'fetch, pull, rebase, gc, branch and tag',
    prepare: async (world) => {
      const other = join(world.root, 'other');
      await world.git(['clone', '--quiet', world.remote, other], { cwd: world.root });
      await world.commit('of somebody else', other);
      await world.git(['push', '--quiet', 'origin', 'main', 'HEAD:refs/heads/theirs'], { cwd: other });
    },
    act: async (world) => {
      await world.git(['fetch', '--quiet', '--prune']);
      await world.git(['commit', '--quiet', '--allow-empty', '-m', 'ours']);
      await world.git(['pull', '--quiet', '--rebase', 'origin', 'main']);
      await world.git(['branch', 'topic']);
      await world.git(['tag', 'v1']);
      await world.git(['pack-refs', '--all']);
      await world.git(['gc', '--quiet']);
      await world.git(['remote', 'set-head', 'origin', '--auto']);
      await world.cli(['flush']);
    },
  },
];

describe.concurrent('what changes nothing at the remote starts nothing', () => {
  for (const one of CASES) test(one.title, () => expectExact(one));
});
