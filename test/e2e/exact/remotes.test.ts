import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { JOB, type World } from '../../fixtures/world.ts';
import { type Case, EVERYTHING, expectExact } from './expect-exact.ts';

const push =
  (...args: string[]) =>
  async (world: World): Promise<void> => {
    await world.git(['push', '--quiet', ...args], { mayFail: true });
  };

async function second(world: World): Promise<void> {
  await world.git(['clone', '--quiet', '--bare', world.remote, join(world.root, 'second.git')], {
    cwd: world.root,
  });
  await world.commit('one');
}

async function twoPushUrls(world: World): Promise<void> {
  await second(world);
  await world.git(['remote', 'set-url', '--push', 'origin', '../remote.git']);
  await world.git(['remote', 'set-url', '--push', '--add', 'origin', '../second.git']);
}

const declines =
  (repository: string) =>
  async (world: World): Promise<void> => {
    const hook = join(world.root, repository, 'hooks', 'pre-receive');
    await writeFile(hook, '#!/bin/sh\nexit 1\n');
    await chmod(hook, 0o755);
  };

const ORIGIN_ALONE = { jobs: [{ ...JOB, branches: ['**'], tags: ['**'] }] };

const CASES: readonly Case[] = [
  { title: 'by path, to the URL of origin', prepare: second, act: push('../remote.git', 'main') },
  {
    title: 'by path, to a place that is no remote',
    prepare: second,
    act: push('../second.git', 'main', 'main:topic'),
    remotes: ['second.git'],
  },
  {
    title: 'by URL, a tag and a deletion',
    prepare: async (world) => {
      await second(world);
      await push('origin', 'HEAD:refs/heads/topic')(world);
      await world.git(['tag', 'v1']);
    },
    act: async (world) => push(`file://${world.remote}`, 'v1', ':topic')(world),
  },
  { title: 'two push URLs', prepare: twoPushUrls, act: push('origin', 'main'), remotes: ['second.git'] },
  {
    title: 'two push URLs, the first declines',
    prepare: async (world) => {
      await twoPushUrls(world);
      await declines('remote.git')(world);
    },
    act: push('origin', 'main'),
    remotes: ['second.git'],
  },
  {
    title: 'two push URLs, the second declines',
    prepare: async (world) => {
      await twoPushUrls(world);
      await declines('second.git')(world);
    },
    act: push('origin', 'main'),
    remotes: ['second.git'],
  },
  {
    title: 'a remote without a fetch refspec',
    prepare: async (world) => {
      await second(world);
      await world.git(['config', 'remote.plain.url', '../second.git']);
    },
    act: push('plain', 'main'),
    remotes: ['second.git'],
  },
  {
    title: 'a single-branch clone that pushes another branch',
    prepare: async (world) => {
      await second(world);
      await world.git(['config', 'remote.origin.fetch', '+refs/heads/main:refs/remotes/origin/main']);
    },
    act: push('origin', 'main:topic', 'main'),
  },
  {
    title: 'a fetch refspec of its own',
    prepare: async (world) => {
      await second(world);
      await world.git(['config', 'remote.origin.fetch', '+refs/heads/*:refs/origin-heads/*']);
    },
    act: push('origin', 'main'),
  },
  {
    title: 'a triangle: pushes go to a fork',
    prepare: async (world) => {
      await second(world);
      await world.git(['remote', 'add', 'fork', '../second.git']);
      await world.git(['config', 'remote.pushDefault', 'fork']);
    },
    act: push(),
    remotes: ['second.git'],
  },
  {
    title: 'insteadOf',
    prepare: async (world) => {
      await second(world);
      await world.git(['config', 'url.../second.git.pushInsteadOf', '../remote.git']);
    },
    act: push('origin', 'main'),
    remotes: ['second.git'],
  },
  {
    title: 'logAllRefUpdates=false',
    prepare: async (world) => {
      await second(world);
      await world.git(['config', 'core.logAllRefUpdates', 'false']);
      await world.git(['branch', 'topic']);
    },
    act: push('origin', 'main', 'topic'),
  },
  {
    title: 'reference-transaction armed, which the next commit takes out',
    prepare: async (world) => {
      await second(world);
      await world.git(['branch', 'topic']);
      const folder = join(world.env['HOME'] ?? '', '.config', 'codearts-hooks');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'config.json'), '{"reference-transaction": "armed"}');
      await world.cli(['install', '--yes']);
    },
    act: async (world) => {
      await push('origin', 'main', 'topic')(world);
      await world.settled();
      await world.git(['commit', '--quiet', '--allow-empty', '--message', 'the next command']);
    },
  },
  {
    title: 'origin alone counts: a push by its URL does',
    prepare: second,
    act: push('../remote.git', 'main'),
    config: ORIGIN_ALONE,
  },
];

describe.concurrent('wherever it goes, what is accepted starts its builds', () => {
  for (const one of CASES) test(one.title, () => expectExact(one));
});

describe.concurrent('a remote that no job asks for', () => {
  test('starts nothing, by name or by URL', () =>
    expectExact({
      title: 'a fork',
      config: ORIGIN_ALONE,
      prepare: async (world) => {
        await second(world);
        await world.git(['remote', 'add', 'fork', '../second.git']);
      },
      act: async (world) => {
        await push('fork', 'main')(world);
        await push('../second.git', 'main:topic')(world);
      },
    }));

  test('is told of by a rule that names it', () =>
    expectExact({
      title: 'a fork',
      config: { jobs: [{ ...EVERYTHING.jobs[0], remotes: ['fork'] }] },
      remotes: ['second.git'],
      prepare: async (world) => {
        await second(world);
        await world.git(['remote', 'add', 'fork', '../second.git']);
      },
      act: push('fork', 'main'),
    }));
});
