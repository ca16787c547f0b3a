import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './run.mjs';

/**
 * Waits until nothing of ours is at work in a repository: no note, nothing queued or on its way, no runner. The
 * next measurement then has the machine to itself.
 *
 * @param {string} state the repository's folder `codearts-hooks`
 */
export async function settled(state) {
  await until(`the end of the runs in ${state}`, async () => {
    if ((await names(join(state, 'notes'))).length > 0) return null;
    if (await isAnyQueued(join(state, 'q'))) return null;
    const pid = await lastRunner(state);
    return pid !== null && (await statusOf(pid)) !== null ? null : true;
  });
}

/**
 * The runner that holds the lock, or was the last to.
 *
 * @param {string} state the repository's folder `codearts-hooks`
 * @returns {Promise<number | null>} its process id; null when there was none yet
 */
export async function lastRunner(state) {
  const epochs = (await names(join(state, 'lock'))).filter((name) => /^\d+$/.test(name)).map(Number);
  if (epochs.length === 0) return null;
  const text = await textOf(join(state, 'lock', String(Math.max(...epochs))));
  return text ? JSON.parse(text).pid : null;
}

/**
 * What proc(5) tells of a process.
 *
 * @param {number} pid
 * @returns {Promise<string | null>} `/proc/<pid>/status`; null when it has ended, though it may still be a zombie
 */
export async function statusOf(pid) {
  const text = await textOf(`/proc/${pid}/status`);
  return text === null || /^State:\s+[ZX]/m.test(text) ? null : text;
}

/** @param {string} folder */
async function isAnyQueued(folder) {
  for (const name of await names(folder)) {
    const text = await textOf(join(folder, name));
    // Gone meanwhile: what follows is looked at in the next round.
    if (text === null) return true;
    if (!name.startsWith('.') && /"state":"(?:queued|sending)"/.test(text)) return true;
  }
  return false;
}

/** @param {string} folder */
async function names(folder) {
  return await readdir(folder).catch(() => /** @type {string[]} */ ([]));
}

/** @param {string} path */
async function textOf(path) {
  return await readFile(path, 'utf8').catch(() => null);
}
