import { commands } from './commands.mjs';
import { rowOf, unmeasured } from './measure.mjs';
import { PEERS, placeOf, withManagers } from './peers.mjs';

/** @typedef {import('./repository.mjs').Repository} Repository */

const OURS = 'codearts-hooks';
const NOTHING = 'nothing';
const COMMANDS = ['commit', 'fetch', 'rebase'];
const JOB = '/v1/job/f9d6c8466d614a9788e9a0acf6c15f46/auto-execute';

/**
 * What others cost, in the same rounds as ours: each in a repository of its own, in memory, against one without
 * anything. A push is measured until git has ended.
 *
 * @type {import('./suites.mjs').Suite}
 */
export const peers = {
  keys: [...COMMANDS, 'push'].map((name) => `peers-${name}`),
  run: async function* run({ world, rounds, slowRounds, isWanted }) {
    const missing = PEERS.filter(({ needs }) => needs !== null && placeOf(needs) === null);
    const present = PEERS.filter((peer) => !missing.includes(peer));
    for (const { name, prepare, reset, args } of [...commands({ refs: 2000, commits: 100 }), PUSH]) {
      if (!isWanted(`peers-${name}`)) continue;
      const sides = await makeSides(world, present);
      for (const repository of sides.values()) await prepare(repository);
      const times = name === 'commit' || name === 'push' ? rounds : slowRounds;
      const samples = await inTurns(times, sides, async (repository, run) => {
        await reset(repository, run);
        const { ms } = await repository.time('git', args(run));
        await repository.settled();
        return ms;
      });
      const without = samples.get(NOTHING) ?? [];
      for (const [side, own] of samples)
        if (side !== NOTHING) yield rowOf(`${name}: ${side}`, 'ms', { without, with: own }, null);
      for (const { name: peer, needs } of missing)
        yield unmeasured(`${name}: ${peer}`, `no ${needs} here; scripts/fetch-managers gets it`);
    }
  },
};

/** @type {import('./commands.mjs').Command} */
const PUSH = {
  name: 'push',
  prepare: async () => undefined,
  reset: async ({ commit }, run) => await commit(`change ${run}`),
  args: () => ['push', '--quiet', 'origin', 'main'],
};

/**
 * @param {import('./world.mjs').World} world
 * @param {typeof PEERS} present
 * @returns {Promise<Map<string, Repository>>}
 */
async function makeSides(world, present) {
  const env = withManagers(world.env);
  const call = `curl -sS -o /dev/null -H 'content-type: application/json' -d '{"after":"-"}' ${world.service.url}${JOB}`;
  const make = async () => await world.repository({ inMemory: true, env });
  const sides = new Map([[NOTHING, await make()]]);
  const ours = await make();
  await world.install(ours);
  sides.set(OURS, ours);
  for (const { name, install } of present) {
    const repository = await make();
    await install(repository, call, env);
    await repository.commit('set up');
    await repository.git(['push', '--quiet', 'origin', 'main']);
    sides.set(name, repository);
  }
  return sides;
}

/**
 * Measures each side in each round, another one first each time. One round before the first is not counted.
 *
 * @param {number} rounds
 * @param {ReadonlyMap<string, Repository>} sides
 * @param {(repository: Repository, run: number) => Promise<number>} measure
 * @returns {Promise<Map<string, number[]>>}
 */
async function inTurns(rounds, sides, measure) {
  const names = [...sides.keys()];
  /** @type {Map<string, number[]>} */
  const samples = new Map(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const repository = sides.get(name);
      if (!repository) continue;
      const value = await measure(repository, round);
      if (round > 0) samples.get(name)?.push(value);
    }
  }
  return samples;
}
