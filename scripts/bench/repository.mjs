import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run, time } from './run.mjs';
import { settled } from './settled.mjs';

/**
 * A clone with a bare remote `origin`, on branch `main`, one commit pushed.
 *
 * @typedef {object} Repository
 * @property {string} dir
 * @property {string} state what would be the folder of codearts-hooks
 * @property {(args: readonly string[], input?: string) => Promise<string>} git not measured; gives what it prints
 * @property {(file: string, args: readonly string[]) => Promise<{ms: number, endedAt: number}>} time measured
 * @property {(message: string) => Promise<string>} commit commits a change; gives the commit
 * @property {() => Promise<void>} settled waits until no process of ours is at work in it
 */

const JOB = { name: 'ci', id: 'f9d6c8466d614a9788e9a0acf6c15f46' };

/**
 * Makes one.
 *
 * @param {string} folder for it and its remote
 * @param {Readonly<Record<string, string>>} env for everything that runs in it
 * @returns {Promise<Repository>}
 */
export async function makeRepository(folder, env) {
  const dir = join(folder, 'work');
  const state = join(dir, '.git', 'codearts-hooks');
  /** @type {Repository['git']} */
  const git = async (args, input) => await run('git', args, { cwd: dir, env, ...(input ? { input } : {}) });
  /** @type {Repository['commit']} */
  const commit = async (message) => {
    await appendFile(join(dir, 'file'), `${message}\n`);
    await git(['add', '.']);
    await git(['commit', '--quiet', '--message', message]);
    return await git(['rev-parse', 'HEAD']);
  };
  await mkdir(dir, { recursive: true });
  await git(['init', '--quiet', '--initial-branch=main']);
  await git(['init', '--quiet', '--bare', '--initial-branch=main', '../remote.git']);
  await git(['remote', 'add', 'origin', '../remote.git']);
  // No housekeeping in the background of a measurement.
  await git(['config', 'gc.auto', '0']);
  const config = JSON.stringify({ region: 'cn-north-4', jobs: [JOB] });
  await writeFile(join(dir, 'codearts-hooks.json'), `${config}\n`);
  await commit('start');
  await git(['push', '--quiet', '--set-upstream', 'origin', 'main']);
  return {
    dir,
    state,
    git,
    time: async (file, args) => await time(file, args, { cwd: dir, env }),
    commit,
    settled: async () => await settled(state),
  };
}
