import { commands } from './commands.mjs';
import { interleave, rowOf } from './measure.mjs';
import { installSwitch } from './switch.mjs';

/** What rounds of a few milliseconds are off by on a machine that has other things to do. */
const NOISE = 1.1;
const SLOW = ['fetch', 'rebase'];
const MEASURED = ['commit', ...SLOW, 'checkout', 'stash'];
/** @type {Record<string, string>} */
const TITLES = { fetch: 'fetch of 2,000 new refs', rebase: 'rebase of 100 commits' };

/**
 * Wall time of git commands that do not push. In memory: how long a disk takes for 4,000 small files changes from
 * round to round, and hides what a hook would cost.
 *
 * @type {import('./suites.mjs').Suite}
 */
export const untouched = {
  keys: MEASURED,
  run: async function* run({ world, rounds, slowRounds, isWanted }) {
    for (const { name, prepare, reset, args } of commands({ refs: 2000, commits: 100 })) {
      if (!MEASURED.includes(name) || !isWanted(name)) continue;
      const repository = await world.repository({ inMemory: true });
      await prepare(repository);
      const switchTo = await installSwitch(world, repository);
      const samples = await interleave(SLOW.includes(name) ? slowRounds : rounds, async (side, _, run) => {
        await switchTo(side);
        await reset(repository, run);
        return (await repository.time('git', args(run))).ms;
      });
      yield rowOf(TITLES[name] ?? name, 'ms', samples, { ratio: NOISE });
    }
  },
};
