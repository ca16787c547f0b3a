import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test as base } from 'vitest';
import { supportsConfigHooks } from '../../src/install/config-layer.ts';
import { type RunOptions, run } from '../fixtures/run.ts';
import { type World, makeWorld } from '../fixtures/world.ts';
import { commitFile, linkModules } from './managers.ts';

/** A world in which we are not installed yet, and a log that the team's jobs write to. */
export interface Stage extends World {
  readonly install: () => Promise<void>;
  /** How to run a program in the clone. */
  readonly asOptions: () => RunOptions;
  /** How often the team's job has run, by the pushes that it logged. */
  readonly teamRuns: () => Promise<number>;
  /**
   * Commits, pushes, and expects exactly one build of it: at once, or after a `flush`, `late`. Where git has config
   * hooks it is always at once.
   */
  readonly pushed: (when: 'at once' | 'late') => Promise<void>;
}

async function makeStage(): Promise<Stage & { readonly close: () => Promise<void> }> {
  const world = await makeWorld();
  await world.cli(['uninstall', '--force']);
  const log = join(world.root, 'team.log');
  world.env['TEAM_LOG'] = log;
  await linkModules(world);
  const hasConfigHooks = await supportsConfigHooks(world.env);
  let serial = 0;
  return {
    ...world,
    install: async () => {
      await world.cli(['install', '--yes']);
    },
    asOptions: () => ({ cwd: world.dir, env: world.env }),
    teamRuns: async () => {
      const text = await readFile(log, 'utf8').catch(() => '');
      const objects = await lfsObjects(world);
      return text.split('\n').filter(Boolean).length + objects;
    },
    pushed: async (when) => {
      serial += 1;
      const before = (await world.git(['rev-parse', 'origin/main'])).stdout.trim();
      // For git-lfs, where it is; for the others a file like any other.
      await commitFile(world, `big-${serial}.bin`, `content ${serial}`.repeat(1000));
      const after = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
      const seen = world.triggers().length;
      await world.git(['push', '--quiet', 'origin', 'main']);
      await world.settled();
      const isAtOnce = world.triggers().length > seen;
      await world.cli(['flush'], { mayFail: true });
      await world.settled();
      const expected = hasConfigHooks ? 'at once' : when;
      expect(world.triggers().slice(seen)).toEqual([{ ref: 'refs/heads/main', before, after }]);
      expect(isAtOnce ? 'at once' : 'late').toBe(expected);
    },
    close: world.close,
  };
}

async function lfsObjects({ remote }: World): Promise<number> {
  const entries = await readdir(join(remote, 'lfs', 'objects'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).length;
}

/** All that an install may touch: the hooks dir, git's config, and the work tree. */
export async function footprint({ dir, env, git }: World): Promise<string> {
  const options = { cwd: dir, env };
  const list = await run('find', ['.git/hooks', '-printf', '%p %m %y %l\n'], options);
  const sums = await run(
    'sh',
    [
      '-c',
      'find .git/hooks .git/config .husky .lefthook-local lefthook-local.yml package.json -type f 2>/dev/null | sort | xargs cksum',
    ],
    options,
  );
  const status = await git(['status', '--porcelain', '--untracked-files=all']);
  return [...list.stdout.split('\n').sort(), sums.stdout, status.stdout].join('\n');
}

/** A test on a stage of its own. */
export const test = base.extend<{ stage: Stage }>({
  // oxlint-disable-next-line no-empty-pattern -- vitest reads the pattern to know what a fixture wants
  stage: async ({}, use) => {
    const stage = await makeStage();
    await use(stage);
    await stage.close();
  },
});
