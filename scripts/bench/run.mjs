import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { execa } from 'execa';

/**
 * Where and with what a program runs: nothing of this process's environment is inherited.
 *
 * @typedef {object} Place
 * @property {string} cwd
 * @property {Readonly<Record<string, string>>} env
 */

let isStopped = false;

/** From now on no program is started: whoever tries fails. What runs ends by itself. */
export function stop() {
  isStopped = true;
}

function wantGoing() {
  if (isStopped) throw new Error('interrupted');
}

/**
 * Runs a program that is not measured and gives its standard output.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Place & {readonly input?: string}} place
 * @returns {Promise<string>}
 * @throws {Error} with what it printed, when it fails
 */
export async function run(file, args, { cwd, env, input = '' }) {
  wantGoing();
  const { stdout } = await execa(file, args, { cwd, env, extendEnv: false, input });
  return stdout;
}

/**
 * Runs a program and takes the time until its end is seen here. Its output goes nowhere: no pipe of ours is
 * part of what is measured.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {Place} place
 * @returns {Promise<{ms: number, endedAt: number}>} milliseconds; the end on the clock of `performance.now()`
 * @throws {Error} when it fails: what failed has no time worth telling
 */
export async function time(file, args, { cwd, env }) {
  wantGoing();
  const startedAt = performance.now();
  const child = spawn(file, args, { cwd, env, stdio: 'ignore' });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const endedAt = performance.now();
      if (code === 0) resolve({ ms: endedAt - startedAt, endedAt });
      else reject(new Error(`${file} ${args.join(' ')} ended with ${code ?? signal} in ${cwd}`));
    });
  });
}

/**
 * Waits until `look` gives something other than null.
 *
 * @template T
 * @param {string} what in words, for when it does not come
 * @param {() => Promise<T | null> | T | null} look
 * @param {number} [patienceMs]
 * @returns {Promise<T>}
 */
export async function until(what, look, patienceMs = 30_000) {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
