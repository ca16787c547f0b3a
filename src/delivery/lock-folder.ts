import { join } from 'node:path';
import { lastOwner } from '../platform/lock.ts';
import type { ProcessIdentity } from '../platform/processes.ts';
import type { Spool } from '../spool/spool.ts';

/** Where the lock of the process that delivers is. */
export function lockFolder({ root }: Spool): string {
  return join(root, 'lock');
}

/** The process that delivers, or was the last to; null when there never was one. */
export async function lastDeliverer(spool: Spool): Promise<ProcessIdentity | null> {
  return await lastOwner(lockFolder(spool));
}
