import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { type World, configText } from '../../fixtures/world.ts';
import { type Case, EVERYTHING, expectExact } from './expect-exact.ts';

const within = (world: World, ...parts: string[]) => ({ cwd: join(world.root, ...parts) });

async function hooksPath(world: World, path: string): Promise<void> {
  await world.cli(['uninstall']);
  await mkdir(join(world.dir, 'my hooks'));
  await world.git(['config', 'core.hooksPath', path]);
  await world.cli(['install', '--yes']);
  await world.commit('one');
}

/** A submodule `sub` of the clone with its own remote, ours in both, and a commit to push in both. */
async function submodule(world: World): Promise<void> {
  const seed = join(world.root, 'seed');
  await world.git(['init', '--quiet', '--bare', '--initial-branch=main', 'sub.git'], { cwd: world.root });
  await world.git(['init', '--quiet', '--initial-branch=main', seed], { cwd: world.root });
  await writeFile(join(seed, 'codearts-hooks.json'), configText(EVERYTHING));
  await world.commit('seed', seed);
  await world.git(['push', '--quiet', '../sub.git', 'main'], { cwd: seed });
  await world.git([
    '-c',
    'protocol.file.allow=always',
    'submodule',
    '--quiet',
    'add',
    join(world.root, 'sub.git'),
    'sub',
  ]);
  await world.commit('add the submodule');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.cli(['install', '--yes'], within(world, 'work', 'sub'));
  await world.commit('in the submodule', join(world.dir, 'sub'));
  await world.commit('and above');
}

const SUB = { remotes: ['sub.git'], pushers: ['work/.git/modules/sub'], prepare: submodule };

/** Pushes with `args` and lets it fail: `=check` does. */
const push =
  (...args: string[]) =>
  async (world: World): Promise<void> => {
    await world.git(['push', '--quiet', ...args], { mayFail: true });
  };

const CASES: readonly Case[] = [
  {
    title: 'a linked worktree',
    prepare: async (world) => {
      await world.git(['worktree', 'add', '--quiet', '-b', 'tree', '../tree']);
      await world.commit('one', join(world.root, 'tree'));
    },
    act: async (world) => {
      await world.git(['push', '--quiet', 'origin', 'tree'], within(world, 'tree'));
    },
  },
  {
    title: 'a subfolder',
    prepare: async (world) => {
      await mkdir(join(world.dir, 'sub', 'folder'), { recursive: true });
      await world.commit('one');
    },
    act: async (world) => {
      await world.git(['push', '--quiet', 'origin', 'main'], within(world, 'work', 'sub', 'folder'));
    },
  },
  {
    title: 'git -C from elsewhere',
    prepare: async (world) => {
      await world.commit('one');
    },
    act: async (world) => {
      await world.git(['-C', world.dir, 'push', '--quiet', 'origin', 'main'], within(world));
    },
  },
  {
    title: '--git-dir and --work-tree from elsewhere',
    prepare: async (world) => {
      await world.commit('one');
      await world.git(['remote', 'set-url', 'origin', world.remote]);
      await world.cli(['trust', '--yes']);
    },
    act: async (world) => {
      await world.git(
        [`--git-dir=${world.dir}/.git`, `--work-tree=${world.dir}`, 'push', '--quiet', 'origin', 'main'],
        { cwd: '/' },
      );
    },
  },
  {
    title: 'core.hooksPath, relative',
    prepare: (world) => hooksPath(world, 'my hooks'),
    act: push('origin', 'main'),
  },
  {
    title: 'core.hooksPath, absolute',
    prepare: (world) => hooksPath(world, join(world.dir, 'my hooks')),
    act: push('origin', 'main', 'main:topic'),
  },
  {
    title: 'core.hooksPath, from a linked worktree',
    prepare: async (world) => {
      await hooksPath(world, join(world.dir, 'my hooks'));
      await world.git(['worktree', 'add', '--quiet', '-b', 'tree', '../tree']);
      await world.commit('two', join(world.root, 'tree'));
    },
    act: async (world) => {
      await world.git(['push', '--quiet', 'origin', 'tree'], within(world, 'tree'));
    },
  },
  {
    title: 'core.hooksPath, relative, from a linked worktree that lacks it: found by the next run',
    prepare: async (world) => {
      await hooksPath(world, 'my hooks');
      await world.git(['worktree', 'add', '--quiet', '-b', 'tree', '../tree']);
      await rm(join(world.root, 'tree', 'my hooks'), { recursive: true });
      await world.commit('two', join(world.root, 'tree'));
    },
    act: async (world) => {
      await world.git(['push', '--quiet', 'origin', 'tree'], within(world, 'tree'));
      await world.cli(['flush']);
    },
  },
  {
    title: 'core.hooksPath, switched off for one push: found by the next run',
    prepare: async (world) => {
      await world.commit('one');
    },
    act: async (world) => {
      await world.git(['-c', 'core.hooksPath=/dev/null', 'push', '--quiet', 'origin', 'main']);
      await world.cli(['flush']);
    },
  },
  {
    title: 'a submodule, --recurse-submodules=on-demand',
    ...SUB,
    act: push('--recurse-submodules=on-demand', 'origin', 'main'),
  },
  {
    title: 'a submodule, --recurse-submodules=only',
    ...SUB,
    act: push('--recurse-submodules=only', 'origin', 'main'),
  },
  {
    title: 'a submodule, --recurse-submodules=check',
    ...SUB,
    act: push('--recurse-submodules=check', 'origin', 'main'),
  },
  {
    title: 'a push from within a submodule',
    ...SUB,
    act: async (world) => {
      await world.git(['push', '--quiet', 'origin', 'HEAD:main'], within(world, 'work', 'sub'));
    },
  },
  {
    title: 'a bare repository that pushes on',
    remotes: ['next.git'],
    pushers: ['bare.git'],
    prepare: async (world) => {
      await world.git(['clone', '--quiet', '--bare', world.remote, join(world.root, 'next.git')], {
        cwd: world.root,
      });
      await world.commit('one');
      await world.git(['clone', '--quiet', '--bare', world.dir, join(world.root, 'bare.git')], {
        cwd: world.root,
      });
      await world.git(['remote', 'set-url', 'origin', '../next.git'], within(world, 'bare.git'));
      await world.cli(['install', '--yes'], within(world, 'bare.git'));
    },
    act: async (world) => {
      await world.git(['push', '--quiet', 'origin', 'main'], within(world, 'bare.git'));
    },
  },
  {
    title: 'a repository that was moved',
    pushers: ['moved/.git'],
    prepare: async (world) => {
      await world.commit('one');
      await world.git(['clone', '--quiet', world.dir, join(world.root, 'there')], { cwd: world.root });
    },
    act: async (world) => {
      await world.git(['remote', 'set-url', 'origin', '../remote.git'], within(world, 'there'));
      await world.cli(['install', '--yes'], within(world, 'there'));
      await rename(join(world.root, 'there'), join(world.root, 'moved'));
      await world.commit('two', join(world.root, 'moved'));
      await world.git(['push', '--quiet', 'origin', 'main'], within(world, 'moved'));
    },
  },
];

describe.concurrent('wherever it is pushed from, what is accepted starts its builds', () => {
  for (const one of CASES) test(one.title, () => expectExact(one));
});
