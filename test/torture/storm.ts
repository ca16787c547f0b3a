import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pacedFlush, untilNoProcess, usePacedRunner } from '../fixtures/paced-runner.ts';
import { run } from '../fixtures/run.ts';
import { type World, ZERO, makeWorld } from '../fixtures/world.ts';
import type { Fault } from '../../src/sandbox/faults.ts';
import type { HistoryAccess } from '../../src/sandbox/record-list.ts';

/** How hard it blows. */
export interface StormOptions {
  /** Branches that are written to at once, each by one update after the other, which start a run each. */
  readonly branches: number;
  readonly updatesPerBranch: number;
  /** Runs that only deliver, beside those. */
  readonly flushers: number;
  /** The chance that a run is killed, at each of its checkpoints. */
  readonly crashChance: number;
  /** The chance of each fault, for each request. */
  readonly faults: readonly (readonly [chance: number, fault: Fault])[];
  readonly historyAccess?: HistoryAccess;
}

/** What it left. */
export interface Wreckage {
  /** Updates whose shim ended well: they must be built, in the order of their branch. */
  readonly accepted: number;
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly kills: number;
}

interface Update {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

/** Feeds updates in by `post-push` from many processes at once, kills runs at random, lets all settle and counts. */
export async function storm(options: StormOptions): Promise<Wreckage> {
  const world = await makeWorld({ 'max-triggers-per-push': 1000 });
  try {
    await usePacedRunner(world);
    await mkdir(join(world.root, 'kills'));
    const { branches, updatesPerBranch, flushers } = options;
    world.sandbox.setHistoryAccess(options.historyAccess ?? 'open');
    world.sandbox.setFaults(Array.from({ length: branches * updatesPerBranch * 5 }, () => draw(options)));
    const chains = await makeChains(world, options);
    const fed = await Promise.all([
      ...chains.map(
        async (chain, index) => await feed(world, chain, envOf(world, `writer-${index}`, options)),
      ),
      ...Array.from({ length: flushers }, async (_, index) => {
        await pacedFlush(world, envOf(world, `flusher-${index}`, options), 0).catch(() => undefined); // it was killed
        return 0;
      }),
    ]);
    await untilNoProcess(world, 300_000);
    world.sandbox.setFaults([]);
    await pacedFlush(world, world.env, 90);
    const kills = (await readdir(join(world.root, 'kills'))).length;
    return { ...count(world, chains), accepted: fed.reduce((sum, each) => sum + each, 0), kills };
  } finally {
    await world.close();
  }
}

function draw({ faults }: StormOptions): Fault {
  let drawn = Math.random();
  for (const [chance, fault] of faults) {
    if (drawn < chance) return fault;
    drawn -= chance;
  }
  return { kind: 'none' };
}

function envOf(world: World, name: string, { crashChance }: StormOptions): Record<string, string> {
  return {
    ...world.env,
    CODEARTS_HOOKS_CRASH_CHANCE: String(crashChance),
    CODEARTS_HOOKS_CHECKPOINT_LOG: join(world.root, 'kills', name),
  };
}

async function makeChains(world: World, { branches, updatesPerBranch }: StormOptions): Promise<Update[][]> {
  const tree = (await world.git(['rev-parse', 'HEAD^{tree}'])).stdout.trim();
  const base = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
  const chains: Update[][] = [];
  for (let branch = 0; branch < branches; branch += 1) {
    const chain: Update[] = [];
    let before = ZERO;
    for (let n = 0; n < updatesPerBranch; n += 1) {
      const parent = n === 0 ? base : before;
      const args = ['commit-tree', tree, '-p', parent, '-m', `branch ${branch}, update ${n}`];
      const after = (await world.git(args)).stdout.trim();
      chain.push({ ref: `refs/heads/b${branch}`, before, after });
      before = after;
    }
    chains.push(chain);
  }
  return chains;
}

/** Feeds the updates of a branch in, one after the other. Gives how many shims have ended well. */
async function feed(world: World, chain: readonly Update[], env: Record<string, string>): Promise<number> {
  let accepted = 0;
  for (const { ref, before, after } of chain) {
    const { exitCode } = await run(
      join(world.dir, '.git', 'hooks', 'post-push'),
      ['origin', '../remote.git'],
      {
        cwd: world.dir,
        env,
        stdin: `${before} ${after} ${ref}\n`,
        mayFail: true,
      },
    );
    if (exitCode === 0) accepted += 1;
  }
  return accepted;
}

function count(
  world: World,
  chains: readonly (readonly Update[])[],
): Pick<Wreckage, 'lost' | 'doubled' | 'outOfOrder'> {
  const triggers = world.triggers();
  const totals = { lost: 0, doubled: 0, outOfOrder: 0 };
  for (const chain of chains) {
    const built = triggers.filter(({ ref }) => ref === chain[0]?.ref).map(({ after }) => after);
    const places = chain.map(({ after }) => built.indexOf(after));
    totals.lost += places.filter((place) => place < 0).length;
    totals.doubled += built.length - new Set(built).size;
    totals.outOfOrder += places.filter(
      (place, n) => n > 0 && place >= 0 && place < (places[n - 1] ?? 0),
    ).length;
  }
  return totals;
}
