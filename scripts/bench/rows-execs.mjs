import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExecaError } from 'execa';
import { commands } from './commands.mjs';
import { rowOf, unmeasured } from './measure.mjs';
import { run } from './run.mjs';
import { installSwitch } from './switch.mjs';

const NAMES = ['commit', 'fetch', 'rebase', 'checkout', 'stash', 'status'];

/**
 * Programs that git commands start: not one more with us. A count, so once is enough, and a few refs and commits.
 *
 * @type {import('./suites.mjs').Suite}
 */
export const execs = {
  keys: NAMES.map((name) => `execs-${name}`),
  run: async function* countAll({ world, isWanted }) {
    const problem = await tryStrace(world);
    for (const { name, prepare, reset, args } of commands({ refs: 20, commits: 5 })) {
      if (!isWanted(`execs-${name}`)) continue;
      const title = `execs of ${name}`;
      if (problem !== null) {
        yield unmeasured(title, problem);
        continue;
      }
      const repository = await world.repository({ inMemory: true });
      await prepare(repository);
      const switchTo = await installSwitch(world, repository);
      /** @param {'without' | 'with'} side */
      const count = async (side) => {
        await switchTo(side);
        await reset(repository, side === 'with' ? 1 : 0);
        return [await countExecs(world, repository, args(side === 'with' ? 1 : 0))];
      };
      const samples = { without: await count('without'), with: await count('with') };
      yield rowOf(title, 'execs', samples, { more: 0 });
    }
  },
};

/**
 * @param {import('./world.mjs').World} world
 * @param {import('./repository.mjs').Repository} repository
 * @param {readonly string[]} args of git
 */
async function countExecs({ root, env }, { dir }, args) {
  const file = join(root, 'strace');
  await run('strace', [...flags(file), 'git', ...args], { cwd: dir, env });
  const text = await readFile(file, 'utf8');
  await rm(file);
  // Failed ones are git looking along PATH. Resumed ones have their result on a line of their own.
  return text.split('\n').filter((line) => line.includes('execve') && line.endsWith(' = 0')).length;
}

/** @param {string} file */
function flags(file) {
  return ['-f', '-qq', '-e', 'trace=execve', '-e', 'signal=none', '-o', file];
}

/**
 * Why strace cannot be used: it is not there, or may not trace (containers).
 *
 * @param {import('./world.mjs').World} world
 */
async function tryStrace({ root, env }) {
  try {
    await run('strace', [...flags('/dev/null'), 'true'], { cwd: root, env });
    return null;
  } catch (error) {
    if (!(error instanceof ExecaError)) throw error;
    return error.stderr ? String(error.stderr) : error.shortMessage;
  }
}
