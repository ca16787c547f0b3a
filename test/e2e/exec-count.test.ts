import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../fixtures/run.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { type World, test } from '../fixtures/world.ts';

const isImpossible = lacks('strace');

/** How many programs a git command starts, itself included. */
async function execs(world: World, args: readonly string[]): Promise<number> {
  const trace = join(world.root, 'trace');
  // Maintenance in the background would be counted by chance.
  const quiet = ['-c', 'gc.auto=0', '-c', 'maintenance.auto=false'];
  await run('strace', ['-f', '-e', 'trace=execve', '-o', trace, 'git', ...quiet, ...args], {
    cwd: world.dir,
    env: world.env,
  });
  return (await readFile(trace, 'utf8')).split('\n').filter((line) => line.endsWith(' = 0')).length;
}

/** Somebody else pushes three branches, and moves one: what there is to fetch. */
async function othersPush(world: World, day: string): Promise<void> {
  const other = join(world.root, `other-${day}`);
  await world.git(['clone', '--quiet', world.remote, other], { cwd: world.root });
  await world.commit(`of somebody else, ${day}`, other);
  const refs = ['theirs', `${day}-1`, `${day}-2`, `${day}-3`].map((name) => `HEAD:refs/heads/${name}`);
  await world.git(['push', '--quiet', '--force', 'origin', ...refs], { cwd: other });
}

/** The counts of a day's work, in a repository as it is. */
async function counts(world: World, day: string): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  await world.git(['switch', '--quiet', '-c', `topic-${day}`]);
  await world.commit(`${day} one`);
  await world.commit(`${day} two`);
  await world.git(['switch', '--quiet', 'main']);
  found['commit'] = await execs(world, ['commit', '--quiet', '--allow-empty', '-m', 'empty']);
  await othersPush(world, day);
  found['fetch'] = await execs(world, ['fetch', '--quiet', 'origin']);
  found['checkout'] = await execs(world, ['checkout', '--quiet', `topic-${day}`]);
  found['rebase'] = await execs(world, ['rebase', '--quiet', 'main']);
  found['status'] = await execs(world, ['status']);
  await world.git(['checkout', '--quiet', 'main']);
  return found;
}

test.skipIf(isImpossible)(
  'commit, fetch, rebase, checkout and status start not one program more with us',
  async ({ world }) => {
    await othersPush(world, 'before');
    await world.git(['fetch', '--quiet', 'origin']);
    await world.commit('a push before, so that all is in use');
    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();

    const withUs = await counts(world, 'with');
    await world.cli(['uninstall', '--force']);
    const without = await counts(world, 'without');

    expect(withUs).toEqual(without);
    expect(withUs['commit']).toBeGreaterThan(0);
  },
);
