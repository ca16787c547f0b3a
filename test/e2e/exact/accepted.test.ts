import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import type { World } from '../../fixtures/world.ts';
import { type Case, expectExact } from './expect-exact.ts';

const push =
  (...args: string[]) =>
  async (world: World): Promise<void> => {
    await world.git(['push', '--quiet', ...args]);
  };

async function twoCommits(world: World): Promise<void> {
  await world.commit('one');
  await world.git(['branch', 'older']);
  await world.commit('two');
}

/** The remote has a commit that the next push drops. */
async function rewound(world: World): Promise<void> {
  await world.commit('dropped');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.git(['reset', '--quiet', '--hard', 'HEAD~']);
  await world.commit('instead');
}

async function published(world: World): Promise<void> {
  await world.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/topic', 'HEAD:refs/heads/other']);
  await world.git(['fetch', '--quiet']);
}

const CASES: readonly Case[] = [
  { title: 'a branch', prepare: twoCommits, act: push('origin', 'main') },
  { title: 'a bare git push', prepare: twoCommits, act: push() },
  { title: 'a new branch', prepare: twoCommits, act: push('origin', 'older') },
  { title: 'a new branch with -u', prepare: twoCommits, act: push('-u', 'origin', 'older') },
  { title: '--force', prepare: rewound, act: push('--force', 'origin', 'main') },
  { title: 'a refspec with +', prepare: rewound, act: push('origin', '+main') },
  { title: '--force-with-lease', prepare: rewound, act: push('--force-with-lease', 'origin', 'main') },
  { title: 'a deletion', prepare: published, act: push('origin', '--delete', 'topic') },
  {
    title: 'a deletion beside a branch',
    prepare: async (world) => {
      await published(world);
      await twoCommits(world);
    },
    act: push('origin', ':topic', 'main'),
  },
  { title: '--prune', prepare: published, act: push('--prune', 'origin', 'refs/heads/*:refs/heads/*') },
  { title: '--all', prepare: twoCommits, act: push('--all', 'origin') },
  {
    title: '--mirror',
    prepare: async (world) => {
      await published(world);
      await twoCommits(world);
      await world.git(['tag', 'v1']);
    },
    act: push('--mirror', 'origin'),
  },
  {
    title: 'several refspecs',
    prepare: twoCommits,
    act: push('origin', 'main', 'older', 'main:refs/heads/third'),
  },
  { title: 'HEAD:other', prepare: twoCommits, act: push('origin', 'HEAD:other') },
  { title: 'main:prod', prepare: twoCommits, act: push('origin', 'main:prod') },
  {
    title: 'a commit by its id',
    prepare: twoCommits,
    act: async (world) => {
      const { stdout } = await world.git(['rev-parse', 'older']);
      await push('origin', `${stdout.trim()}:refs/heads/by-id`)(world);
    },
  },
  {
    title: 'a detached HEAD',
    prepare: async (world) => {
      await twoCommits(world);
      await world.git(['checkout', '--quiet', '--detach']);
      await world.commit('detached');
    },
    act: push('origin', 'HEAD:refs/heads/detached'),
  },
  {
    title: 'an alias',
    prepare: async (world) => {
      await twoCommits(world);
      await world.git(['config', 'alias.ship', 'push --quiet']);
    },
    act: async (world) => {
      await world.git(['ship', 'origin', 'main']);
    },
  },
  {
    title: 'an alias of a shell command',
    prepare: async (world) => {
      await twoCommits(world);
      await world.git(['config', 'alias.ship', '!git push --quiet']);
    },
    act: async (world) => {
      await world.git(['ship', 'origin', 'main']);
    },
  },
  {
    title: 'a light tag',
    act: async (world) => {
      await world.git(['tag', 'v1']);
      await push('origin', 'v1')(world);
    },
  },
  {
    title: 'an annotated tag',
    act: async (world) => {
      await world.git(['tag', '-m', 'one', 'v1']);
      await push('origin', 'v1')(world);
    },
  },
  {
    title: 'a nested tag',
    act: async (world) => {
      await world.git(['tag', '-m', 'one', 'v1']);
      await world.git(['tag', '-m', 'two', 'v2', 'v1']);
      await push('origin', 'v1', 'v2')(world);
    },
  },
  {
    title: '--tags',
    act: async (world) => {
      await world.git(['tag', 'v1']);
      await world.git(['tag', '-m', 'two', 'v2']);
      await push('--tags', 'origin')(world);
    },
  },
  {
    title: '--follow-tags',
    prepare: twoCommits,
    act: async (world) => {
      await world.git(['tag', '-m', 'one', 'v1']);
      await world.git(['tag', 'light']);
      await push('--follow-tags', 'origin', 'main')(world);
    },
  },
  {
    title: 'a tag that is deleted',
    prepare: async (world) => {
      await world.git(['tag', 'v1']);
      await push('origin', 'v1')(world);
    },
    act: push('origin', ':v1'),
  },
  {
    title: 'a tag that is moved by force',
    prepare: async (world) => {
      await world.git(['tag', '-m', 'one', 'v1']);
      await push('origin', 'v1')(world);
      await world.commit('more');
      await world.git(['tag', '-f', '-m', 'two', 'v1']);
    },
    act: push('--force', 'origin', 'v1'),
  },
  {
    title: 'a branch with --no-verify',
    prepare: twoCommits,
    act: async (world) => {
      await push('--no-verify', 'origin', 'main')(world);
      await world.cli(['flush']);
    },
  },
  {
    title: 'a tag with --no-verify',
    act: async (world) => {
      await world.git(['tag', 'v1']);
      await push('--no-verify', 'origin', 'v1')(world);
      await world.cli(['flush']);
    },
  },
  {
    title: 'a branch by its path with --no-verify',
    prepare: twoCommits,
    act: async (world) => {
      await push('--no-verify', '../remote.git', 'main')(world);
      await world.cli(['flush']);
    },
  },
  {
    title: 'git send-pack',
    prepare: twoCommits,
    act: async (world) => {
      await world.git(['send-pack', '../remote.git', 'main']);
      await world.cli(['flush']);
    },
  },
  {
    title: 'names that look like options and commands',
    prepare: async (world) => {
      await world.commit('one');
      for (const name of [
        '--output=pwn',
        '-x',
        '`id`',
        '$(id)',
        'a|b&c',
        'a"b',
        'HEAD',
        '中文',
        '0'.repeat(40),
      ])
        await world.git(['update-ref', `refs/heads/${name}`, 'HEAD']);
    },
    act: push('origin', 'refs/heads/*:refs/heads/*'),
  },
  {
    title: 'a branch whose tracking ref is there already',
    prepare: async (world) => {
      await twoCommits(world);
      await world.git(['update-ref', 'refs/remotes/origin/main', 'HEAD']);
    },
    act: push('origin', 'main'),
  },
  {
    title: 'a push after which the branch moves on at once',
    prepare: twoCommits,
    act: async (world) => {
      await push('origin', 'main')(world);
      await world.commit('later');
    },
  },
  {
    title: 'refs/for/main at a server that takes it as any ref',
    prepare: twoCommits,
    act: push('origin', 'HEAD:refs/for/main'),
  },
  {
    title: 'a slow user hook',
    prepare: async (world) => {
      await twoCommits(world);
      await writeFile(
        join(world.dir, '.git/hooks/pre-push.next'),
        '#!/bin/sh\ngit rev-list --all --objects >/dev/null\n',
        { mode: 0o755 },
      );
    },
    act: push('origin', 'main'),
  },
];

describe.concurrent('what is accepted starts exactly its builds', () => {
  for (const one of CASES) test(one.title, () => expectExact(one));
});
