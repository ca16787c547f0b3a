import { join } from 'node:path';
import { tryReadText, writeAtomic } from '../platform/files.ts';
import { listSlips } from './shelves.ts';
import type { Spool } from './spool.ts';

/**
 * Takes `count` numbers of the repository's order of arrival; gives the first. To be called by the holder of
 * the intake lock alone. A lost counter goes on after the highest number in use.
 */
export async function takeNumbers(spool: Spool, count: number): Promise<number> {
  const path = join(spool.root, 'seq');
  const kept = await readCounter(path);
  const first = kept ?? (await highestInUse(spool)) + 1;
  await writeAtomic(path, `${first + count}\n`, { durable: false });
  return first;
}

/** The next number; null when the file is lost, or is none of ours. */
async function readCounter(path: string): Promise<number | null> {
  const text = ((await tryReadText(path, 64)) ?? '').trim();
  const next = Number(text);
  return /^\d+$/.test(text) && Number.isSafeInteger(next) && next > 0 ? next : null;
}

async function highestInUse(spool: Spool): Promise<number> {
  return (await listSlips(spool)).reduce(
    (highest, { name }) => Math.max(highest, Number(name.split('-')[0])),
    0,
  );
}
