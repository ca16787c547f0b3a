import { join } from 'node:path';
import { STATE_FOLDERS } from '../core/state-folders.ts';
import { listNames, orNull, removeFile, stat, writeAtomic } from '../platform/files.ts';
import { listSlips } from './shelves.ts';
import type { Spool } from './spool.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Final events that are kept, and for how long at most. */
const KEPT = 500;
const KEPT_MS = 30 * DAY_MS;
/** Younger ones are kept however many they are: a note that is not settled may still make them again. */
const NEEDED_MS = 4 * DAY_MS;

/**
 * Removes what nobody needs any more, once an hour: final events past the newest 500 or 30 days, files that
 * somebody was killed over, and what belonged to notes that are gone.
 */
export async function tidySpool(spool: Spool, now: number): Promise<void> {
  const stamp = join(spool.root, 'tidied');
  const last = await orNull(stat(stamp));
  if (last && Math.abs(now - last.mtimeMs) < HOUR_MS) return;
  await writeAtomic(stamp, '', { durable: false });
  for (const shelf of ['done', 'dead'] as const) {
    const slips = (await listSlips(spool, [shelf])).toReversed();
    for (const [index, { name }] of slips.entries()) {
      const age = await ageOf(join(spool.root, shelf, name), now);
      const isOld = age > KEPT_MS || (index >= KEPT && age > NEEDED_MS);
      if (isOld) await removeFile(join(spool.root, shelf, name));
    }
  }
  for (const folder of ['.', ...STATE_FOLDERS]) {
    const path = join(spool.root, folder);
    const drafts = (await listNames(path)).filter((name) => /\.(?:tmp|draft)$/.test(name));
    await removeOld(path, drafts, { now, age: HOUR_MS });
  }
  await removeOld(join(spool.root, 'notes'), await orphans(spool), { now, age: DAY_MS });
}

/** What shims leave beside a note, where the note is gone. */
async function orphans({ root }: Spool): Promise<string[]> {
  const names = await listNames(join(root, 'notes'));
  const present = new Set(names);
  return names.filter((name) => {
    const note = /^(\d+\.\d+(?:\.\d+)?)\.(?:rt|watch)$/.exec(name)?.[1];
    return note === undefined ? name.startsWith('cur.') : !present.has(note);
  });
}

async function removeOld(
  folder: string,
  names: readonly string[],
  { now, age }: { readonly now: number; readonly age: number },
): Promise<void> {
  for (const name of names) {
    if ((await ageOf(join(folder, name), now)) > age) await removeFile(join(folder, name));
  }
}

async function ageOf(path: string, now: number): Promise<number> {
  const info = await orNull(stat(path));
  return info ? now - info.mtimeMs : 0;
}
