import { interleave, rowOf } from './measure.mjs';

/** The two questions that `status` has for git, from a node that does nothing else: it cannot take less. */
const FLOOR = `for (const args of [['rev-parse', '--git-common-dir'], ['config', '-z', '--get-regexp', '^remote']])
  require('child_process').spawn('git', args, { stdio: ['ignore', 'pipe', 'ignore'] }).stdout.resume();`;

/** @type {readonly {key: string, name: string, args: (cli: string) => readonly string[], ratio: number | null}[]} */
const CALLS = [
  { key: 'cli-version', name: 'codearts-hooks --version', args: (cli) => [cli, '--version'], ratio: 1.3 },
  { key: 'cli-status', name: 'codearts-hooks status', args: (cli) => [cli, 'status'], ratio: 2.5 },
  { key: 'cli-floor', name: 'status: its two git processes', args: () => ['-e', FLOOR], ratio: null },
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
    for (const { key, name, args, ratio } of CALLS) {
      if (!isWanted(key)) continue;
      const own = args(world.cli);
      const samples = await interleave(rounds, async (side) => {
        const { ms } = await repository.time(process.execPath, side === 'with' ? own : ['-e', '0']);
        return ms;
      });
      yield rowOf(`${name} / node -e 0`, 'ms', samples, ratio === null ? null : { ratio });
    }
  },
};
