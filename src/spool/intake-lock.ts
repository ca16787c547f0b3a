import { join } from 'node:path';
import type { Clock } from '../platform/effects.ts';
import { waitForLock } from '../platform/lock.ts';
import type { Spool } from './spool.ts';

const PATIENCE_MS = 60_000;

/**
 * Does something to the intake of the spool while nobody else does: the choice of what is new, the order of
 * arrival, the cursors, and what takes an event from one shelf to another but delivering it. False: another held
 * it for too long; nothing is lost, what there is stays for later.
 */
export async function withIntakeLock(
  { root }: Spool,
  clock: Clock,
  work: () => Promise<void>,
): Promise<boolean> {
  const lock = await waitForLock(join(root, 'lock', 'intake'), clock, PATIENCE_MS);
  if (!lock) return false;
  try {
    await work();
    return true;
  } finally {
    await lock.release();
  }
}
