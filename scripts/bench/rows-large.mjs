import { importCommits } from './history.mjs';
import { interleave, rowOf, unmeasured } from './measure.mjs';
import { until } from './run.mjs';
import { lastRunner, statusOf } from './settled.mjs';

const COMMITS = 100_000;
const MEMORY = 'runner memory, 100,000 commits / 1';
const LATENCY = 'end of push -> request, 100,000 commits / 1';

/**
 * A push of 100,000 commits against one of a single commit: what the runner needs must not grow with it.
 *
 * @type {import('./suites.mjs').Suite}
 */
export const large = {
  keys: ['large-memory', 'large-to-request'],
  run: async function* run({ world, slowRounds, isWanted }) {
    const repository = await world.repository();
    await world.install(repository);
    const { state } = repository;
    /** @type {{without: number[], with: number[]}} */
    const latency = { without: [], with: [] };
    const memory = await interleave(Math.min(slowRounds, 3), async (side, round) => {
      const count = side === 'with' ? COMMITS : 1;
      const after = await importCommits(repository, { branch: 'main', from: 'main', count });
      const before = await lastRunner(state);
      const { endedAt } = await repository.time('git', ['push', 'origin', 'main']);
      const peak = await peakOf(state, before);
      const arrivedAt = await world.service.arrival(after);
      await repository.settled();
      if (round > 0) latency[side].push(arrivedAt - endedAt);
      return peak;
    });
    if (isWanted('large-memory')) {
      yield memory.with.every(Number.isFinite)
        ? rowOf(MEMORY, 'MB', memory, { value: 80 })
        : unmeasured(MEMORY, 'no VmHWM in /proc/<pid>/status here');
    }
    if (isWanted('large-to-request')) yield rowOf(LATENCY, 'ms', latency, null);
  },
};

/**
 * The peak of the resident memory of the next runner, by the kernel's own count (VmHWM), which is read for as long
 * as the runner lives.
 *
 * @param {string} state
 * @param {number | null} before the runner of the push before
 * @returns {Promise<number>} MB; NaN where the system does not tell
 */
async function peakOf(state, before) {
  const pid = await until('the runner', async () => {
    const last = await lastRunner(state);
    return last === before ? null : last;
  });
  let kilobytes = NaN;
  await until('the end of the runner', async () => {
    const status = await statusOf(pid);
    const found = Number(/^VmHWM:\s+(\d+) kB/m.exec(status ?? '')?.[1] ?? NaN);
    if (!Number.isNaN(found)) kilobytes = found;
    return status === null ? true : null;
  });
  return kilobytes / 1000;
}
