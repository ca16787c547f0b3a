import { join } from 'node:path';
import { readText, writeAtomic } from '../platform/files.ts';
import { type Spool, listSlips } from './spool.ts';

/**
 * Takes `count` numbers of the repository's order of arrival; gives the first. To be called by the holder of
 * the intake lock alone. A lost counter goes on after the highest number in use.
 */
export async function takeNumbers(spool: Spool, count: number): Promise<number> {
  const path = join(spool.root, 'seq');
  const kept = Number(((await readText(path, 64)) ?? '').trim());
  const first = Number.isSafeInteger(kept) && kept > 0 ? kept : (await highestInUse(spool)) + 1;
  await writeAtomic(path, `${first + count}\n`, { durable: false });
  return first;
}

async function highestInUse(spool: Spool): Promise<number> {
  return (await listSlips(spool)).reduce(
    (highest, { name }) => Math.max(highest, Number(name.split('-')[0])),
    0,
  );
}
