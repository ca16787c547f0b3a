import { installLockFolder } from '../config/registry.ts';
import type { Effects } from '../platform/effects.ts';
import { waitForUserLock, withUserLock } from '../platform/lock.ts';

const PATIENCE_MS = 10_000;

type LockEffects = Pick<Effects, 'env' | 'clock'>;

/**
 * Installs or uninstalls while no other install, uninstall or repair of that repository is under way. One that takes
 * too long is not waited for, and where the user has no folder that can be written nothing is.
 */
export async function withInstallLock<T>(
  commonDir: string,
  { env, clock }: LockEffects,
  work: () => Promise<T>,
): Promise<T> {
  const folder = installLockFolder(commonDir, env);
  return folder === null
    ? await work()
    : await withUserLock(folder, { clock, patienceMs: PATIENCE_MS }, work);
}

/** Repairs, unless an install or uninstall is under way: null then. */
export async function unlessInstalling<T>(
  commonDir: string,
  { env, clock }: LockEffects,
  work: () => Promise<T>,
): Promise<T | null> {
  // In the user's folder: a repository's is what goes away.
  const folder = installLockFolder(commonDir, env);
  const lock = folder === null ? 'nowhere' : await waitForUserLock(folder, clock, 0);
  if (lock === null) return null;
  try {
    return await work();
  } finally {
    if (lock !== 'nowhere') await lock.release();
  }
}
