import { interleave, rowOf } from './measure.mjs';

/** @typedef {import('./repository.mjs').Repository} Repository */

const PUSH = ['push', 'origin', 'main'];
const BUDGET = { more: 12, ratio: 1.5 };
/** A push that waits for the service would wait for ever: it is let go, with this for its time. */
const PATIENCE_MS = 3000;
/** Over so many the rounds are spread: two repositories that look the same differ by where they lie on the disk. */
const PAIRS = 4;

/**
 * `git push` of a new commit to a local bare repository, and when its request arrives.
 *
 * @type {import('./suites.mjs').Suite}
 */
export const push = {
  keys: ['push', 'push-to-request'],
  run: async function* run({ world, rounds, isWanted }) {
    const pairs = await makePairs(world);
    /** @type {{without: number[], with: number[]}} */
    const latency = { without: [], with: [] };
    const samples = await interleave(rounds, async (side, round) => {
      const repository = pairs[side][round % PAIRS];
      const after = await repository.commit(`${side} ${round}`);
      const { ms, endedAt } = await repository.time('git', PUSH);
      if (side === 'with') {
        const arrivedAt = await world.service.arrival(after);
        await repository.settled();
        const node = await repository.time(process.execPath, ['-e', '0']);
        if (round > 0) {
          latency.with.push(arrivedAt - endedAt);
          latency.without.push(node.ms);
        }
      }
      return ms;
    });
    if (isWanted('push')) yield rowOf('push', 'ms', samples, BUDGET);
    if (isWanted('push-to-request')) {
      yield rowOf('end of push -> request / node -e 0', 'ms', latency, { value: 250, ratio: 5 });
    }
  },
};

/**
 * The same through a pipe, which whoever holds its other end keeps open, while the service does not answer.
 *
 * @type {import('./suites.mjs').Suite}
 */
export const pushPipe = {
  keys: ['push-pipe'],
  run: async function* run({ world, rounds }) {
    const pairs = await makePairs(world);
    const samples = await interleave(rounds, async (side, round) => {
      const repository = pairs[side][round % PAIRS];
      const after = await repository.commit(`piped ${side} ${round}`);
      world.service.hang();
      const release = setTimeout(world.service.release, PATIENCE_MS);
      const { ms } = await repository.time('sh', ['-c', `git ${PUSH.join(' ')} 2>&1 | cat`]);
      // The push is over, its request arrives and hangs: only now is it answered.
      if (side === 'with') await world.service.arrival(after);
      clearTimeout(release);
      world.service.release();
      await repository.settled();
      return ms;
    });
    yield rowOf('push | cat, service hangs', 'ms', samples, BUDGET);
  },
};

/** @param {import('./world.mjs').World} world */
async function makePairs(world) {
  /** @type {{without: Repository[], with: Repository[]}} */
  const pairs = { without: [], with: [] };
  for (let index = 0; index < PAIRS; index += 1) {
    pairs.without.push(await world.repository());
    const ours = await world.repository();
    await world.install(ours);
    pairs.with.push(ours);
  }
  return pairs;
}
