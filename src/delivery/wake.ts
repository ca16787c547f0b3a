import { join } from 'node:path';
import { orNull, stat, writeAtomic } from '../platform/files.ts';
import type { Spool } from '../spool/spool.ts';

/** Asks the process that delivers to try now what it lets wait. */
export async function wakeOwner({ root }: Spool): Promise<void> {
  await writeAtomic(join(root, 'wake'), '', { durable: false });
}

/** When that was asked last, as a number that changes with every time; null: never. */
export async function lastWake({ root }: Spool): Promise<number | null> {
  return (await orNull(stat(join(root, 'wake'))))?.mtimeMs ?? null;
}
