import { installLockFolder } from '../config/registry.ts';
import type { Effects } from '../platform/effects.ts';
import { type Lock, waitForUserLock } from '../platform/lock.ts';

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
  return await whileHeld(await take(commonDir, effects, PATIENCE_MS), work);
}

/** Repairs, unless an install or uninstall is under way: null then. */
export async function unlessInstalling<T>(
  commonDir: string,
  effects: LockEffects,
  work: () => Promise<T>,
): Promise<T | null> {
  const lock = await take(commonDir, effects, 0);
  return lock === null ? null : await whileHeld(lock, work);
}

type Taken = Lock | 'nowhere' | null;

async function whileHeld<T>(lock: Taken, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    if (lock !== null && lock !== 'nowhere') await lock.release();
  }
}

/** Null: somebody has it. In the user's folder: a repository's is what goes away. */
async function take(commonDir: string, { env, clock }: LockEffects, patienceMs: number): Promise<Taken> {
  const folder = installLockFolder(commonDir, env);
  return folder === null ? 'nowhere' : await waitForUserLock(folder, clock, patienceMs);
}
