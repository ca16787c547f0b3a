import { dirname } from 'node:path';
import { installLockFolder } from '../config/registry.ts';
import { makeFolder } from '../platform/files.ts';
import type { Effects } from '../platform/effects.ts';
import { type Lock, waitForLock } from '../platform/lock.ts';

const PATIENCE_MS = 10_000;

type LockEffects = Pick<Effects, 'env' | 'clock'>;

/**
 * Installs or uninstalls while no other install, uninstall or repair of that repository is under way. One that takes
 * too long is not waited for, and where the user has no folder that can be written nothing is.
 */
export async function withInstallLock<T>(
  commonDir: string,
  effects: LockEffects,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await take(commonDir, effects, PATIENCE_MS);
  try {
    return await work();
  } finally {
    if (lock !== 'none' && lock !== null) await lock.release();
  }
}

/** Repairs, unless an install or uninstall is under way: null then. */
export async function unlessInstalling<T>(
  commonDir: string,
  effects: LockEffects,
  work: () => Promise<T>,
): Promise<T | null> {
  const lock = await take(commonDir, effects, 0);
  if (lock === null) return null;
  try {
    return await work();
  } finally {
    if (lock !== 'none') await lock.release();
  }
}

/** Null: somebody has it. `none`: there is no place for it. In the user's folder: a repository's is what goes away. */
async function take(
  commonDir: string,
  { env, clock }: LockEffects,
  patienceMs: number,
): Promise<Lock | 'none' | null> {
  const folder = installLockFolder(commonDir, env);
  if (folder === null) return 'none';
  try {
    await makeFolder(dirname(folder));
    return await waitForLock(folder, clock, patienceMs);
  } catch (error) {
    // Whatever is wrong with that folder, the repository is another.
    if (error instanceof Error && 'code' in error) return 'none';
    throw error;
  }
}
