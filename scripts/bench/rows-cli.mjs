import { interleave, rowOf } from './measure.mjs';

/** @type {readonly {key: string, args: readonly string[], ratio: number}[]} */
const CALLS = [
  { key: 'cli-version', args: ['--version'], ratio: 1.3 },
  { key: 'cli-status', args: ['status'], ratio: 2.5 },
];

/**
 * The command line, against a node that does nothing.
 *
 * @type {import('./suites.mjs').Suite}
 */
export const cli = {
  keys: CALLS.map(({ key }) => key),
  run: async function* run({ world, rounds, isWanted }) {
    const repository = await world.repository();
    await world.install(repository);
    for (const { key, args, ratio } of CALLS) {
      if (!isWanted(key)) continue;
      const own = [world.cli, ...args];
      const samples = await interleave(rounds, async (side) => {
        const { ms } = await repository.time(process.execPath, side === 'with' ? own : ['-e', '0']);
        return ms;
      });
      yield rowOf(`codearts-hooks ${args.join(' ')} / node -e 0`, 'ms', samples, { ratio });
    }
  },
};
