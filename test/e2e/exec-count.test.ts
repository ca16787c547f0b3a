import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { counts } from '../fixtures/exec-counts.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { type World, makeWorld } from '../fixtures/world.ts';

/** Ways in which a repository has its hooks. */
const LAYOUTS: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'our own files': async () => undefined,
  'a hook of the user': async ({ dir }) => {
    await writeFile(join(dir, '.git', 'hooks', 'pre-push'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  },
  'core.hooksPath of a team': async ({ dir, git }) => {
    await mkdir(join(dir, 'hooks of ours'));
    await git(['config', 'core.hooksPath', 'hooks of ours']);
  },
};

describe.skipIf(lacks('strace'))('commit, fetch, rebase, checkout and status', () => {
  test.each(Object.keys(LAYOUTS))('start not one program more with us: %s', async (name) => {
    const world = await makeWorld();
    await world.cli(['uninstall', '--force']);
    await LAYOUTS[name]?.(world);
    await world.cli(['install', '--yes']);
    await world.commit('a push before, so that all is in use');
    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();

    const withUs = await counts(world, 'with');
    await world.cli(['uninstall', '--force']);
    const without = await counts(world, 'without');
    await world.close();

    expect(withUs).toEqual(without);
    expect(withUs['commit']).toBeGreaterThan(0);
  });
});
