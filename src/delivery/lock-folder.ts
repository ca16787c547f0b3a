import { join } from 'node:path';
import type { Spool } from '../spool/spool.ts';

/** Where the lock of the process that delivers is. */
export function lockFolder({ root }: Spool): string {
  return join(root, 'lock');
}
