import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HistoryRow } from '../../../src/commands/rows.ts';
import { until } from '../../fixtures/run.ts';
import { type World, makeWorld } from '../../fixtures/world.ts';
import { type Case, EVERYTHING, expectExact } from './expect-exact.ts';

/** A push that comes to nothing, and has been looked at once by the time this returns. */
async function pushInVain(world: World, ...args: string[]): Promise<void> {
  const env = { ...world.env, CODEARTS_HOOKS_DEBUG: '1' };
  await world.git(['push', '--quiet', ...args], { env, mayFail: true });
  const log = join(world.dir, '.git', 'codearts-hooks', 'log');
  await until('the first look', async () =>
    / refs\/\S+ [0-9a-f]{40} (?:open|rejected)/.test(await readFile(log, 'utf8').catch(() => '')),
  );
}

/** Another clone of the remote, with a commit that ours does not have. */
async function colleague(world: World): Promise<string> {
  const dir = join(world.root, 'colleague');
  await world.git(['clone', '--quiet', world.remote, dir]);
  await world.commit('theirs', dir);
  return dir;
}

async function refuseAll({ remote }: World): Promise<void> {
  const hook = join(remote, 'hooks', 'pre-receive');
  await writeFile(hook, '#!/bin/sh\nexit 1\n');
  await chmod(hook, 0o755);
}

async function pushTag({ git }: World): Promise<void> {
  await git(['tag', 'v1']);
  await git(['push', '--quiet', 'origin', 'v1']);
}

const CASES: readonly Case[] = [
  {
    title: 'dry, then in earnest',
    act: async (world) => {
      await world.commit('one');
      await pushInVain(world, '--dry-run', 'origin', 'main');
      await world.git(['push', '--quiet', 'origin', 'main']);
    },
  },
  {
    title: 'dry, then in earnest at once',
    act: async ({ commit, git }) => {
      await commit('one');
      await git(['push', '--quiet', '--dry-run', 'origin', 'main']);
      await git(['push', '--quiet', 'origin', 'main']);
    },
  },
  {
    title: 'declined by a hook of the remote, then taken',
    act: async (world) => {
      await world.commit('one');
      await refuseAll(world);
      await pushInVain(world, 'origin', 'main');
      await rm(join(world.remote, 'hooks', 'pre-receive'));
      await world.git(['push', '--quiet', 'origin', 'main']);
    },
  },
  {
    title: 'declined, then taken with --no-verify',
    act: async (world) => {
      await world.commit('one');
      await refuseAll(world);
      await pushInVain(world, 'origin', 'main');
      await rm(join(world.remote, 'hooks', 'pre-receive'));
      await world.git(['push', '--quiet', '--no-verify', 'origin', 'main']);
    },
  },
  {
    title: 'declined, then another branch with --no-verify',
    act: async (world) => {
      await world.commit('one');
      await refuseAll(world);
      await pushInVain(world, 'origin', 'main');
      // Of reftables no more than the second is known in which something was logged.
      const second = Math.floor(Date.now() / 1000);
      await until('the next second', async () => Math.floor(Date.now() / 1000) > second);
      await rm(join(world.remote, 'hooks', 'pre-receive'));
      await world.git(['push', '--quiet', '--no-verify', 'origin', 'HEAD:refs/heads/topic']);
    },
  },
  {
    title: 'a tag that is there already, then by force',
    prepare: pushTag,
    act: async (world) => {
      await world.commit('one');
      await world.git(['tag', '--force', 'v1']);
      await pushInVain(world, 'origin', 'v1');
      await world.git(['push', '--quiet', '--force', 'origin', 'v1']);
    },
  },
  {
    title: 'a tag that is there already, made anew, then by force',
    prepare: pushTag,
    act: async (world) => {
      await world.commit('one');
      await world.git(['tag', '--force', 'v1']);
      await pushInVain(world, 'origin', 'v1');
      await world.commit('two');
      await world.git(['tag', '--force', 'v1']);
      await world.git(['push', '--quiet', '--force', 'origin', 'v1']);
    },
  },
  {
    title: 'refused because a colleague was faster, then rebased',
    act: async (world) => {
      const dir = await colleague(world);
      await world.git(['push', '--quiet'], { cwd: dir });
      await world.commit('ours');
      await pushInVain(world, 'origin', 'main');
      await world.git(['pull', '--quiet', '--rebase', 'origin', 'main']);
      await world.git(['push', '--quiet', 'origin', 'main']);
    },
    // The clone's tracking branch has not seen what the colleague did: the remote's old value is theirs.
    prepare: async (world) => {
      await world.git(['config', 'pull.rebase', 'true']);
    },
  },
  {
    title: 'refused as a whole, then the good one alone',
    act: async (world) => {
      const dir = await colleague(world);
      await world.git(['push', '--quiet'], { cwd: dir });
      await world.git(['checkout', '--quiet', '-b', 'topic']);
      await world.commit('ours');
      const both = ['origin', 'topic', 'topic:main'];
      await pushInVain(world, '--atomic', ...both);
      await world.git(['push', '--quiet', 'origin', 'topic']);
    },
  },
];

/** What the colleague has pushed starts no build of ours. */
const THEIRS: Readonly<Record<string, boolean>> = {
  'refused because a colleague was faster, then rebased': true,
  'refused as a whole, then the good one alone': true,
};

describe.concurrent('a push that comes to nothing, and is made again,', () => {
  for (const one of CASES) {
    if (one.title in THEIRS) continue;
    test(`starts one build: ${one.title}`, () => expectExact(one));
  }

  for (const one of CASES.filter(({ title }) => title in THEIRS)) {
    test(`starts one build, and leaves nothing open: ${one.title}`, async () => {
      const world = await makeWorld(EVERYTHING);
      await one.prepare?.(world);
      await one.act(world);
      await world.settled();
      const branch = (await world.git(['branch', '--show-current'])).stdout.trim();
      const after = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
      const rows = JSON.parse((await world.cli(['history', '--json'])).stdout) as HistoryRow[];

      expect(world.triggers()).toMatchObject([{ ref: `refs/heads/${branch}`, after }]);
      expect(rows).toHaveLength(1);
      expect((await world.cli(['flush'])).exitCode).toBe(0);
      await world.close();
    });
  }
});
