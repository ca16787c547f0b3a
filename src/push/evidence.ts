import { join } from 'node:path';
import type { Oid } from '../core/oid.ts';
import { type ReflogEntry, parseReflogLine } from '../hook/reflog.ts';
import type { TransactionLine } from '../hook/reference-transaction.ts';
import { open, orNull, stat } from '../platform/files.ts';
import { secondOf } from './rivals.ts';

/** Some eighty entries. */
const TAIL_BYTES = 16 * 1024;

/** Whether git, in the very process that pushed, has moved a tracking ref to `after`. The surest sign. */
export function isInTransaction(
  lines: readonly TransactionLine[],
  tracking: readonly string[],
  after: Oid,
): boolean {
  return lines.some((line) => line.after === after && tracking.includes(line.ref));
}

/** What the log of a tracking ref says of a push that began at `sinceMs`. */
export interface LogWord {
  /** How many entries "update by push" to the value there are since that second. */
  readonly pushes: number;
  /** Whether the newest entry is one of them. */
  readonly isNewest: boolean;
  /** Whether a push has led from the old value to another one since then. */
  readonly isElsewhere: boolean;
}

/**
 * Reads what a log says of a push. The dates of entries count, which have seconds; where the user has forged them
 * (GIT_COMMITTER_DATE) the newest entry alone, by the log's mtime.
 */
export async function wordOfLog(
  commonDir: string,
  tracking: string,
  { before, after }: { readonly before: Oid; readonly after: Oid },
  sinceMs: number,
): Promise<LogWord> {
  const entries = await newestEntries(join(commonDir, 'logs', tracking), sinceMs);
  const newest = entries.at(-1) ?? null;
  const dated = entries.filter((entry) => entry?.isPush && entry.seconds * 1000 >= secondOf(sinceMs));
  const isNewest = newest !== null && newest.isPush && newest.after === after;
  return {
    pushes: Math.max(dated.filter((entry) => entry?.after === after).length, isNewest ? 1 : 0),
    isNewest,
    isElsewhere: dated.some((entry) => entry?.before === before && entry.after !== after),
  };
}

/**
 * Whether a push that moved the tracking ref to `after` would have left an entry in its log: reflogs are kept, and the
 * ref was not there already.
 */
export async function isTelling(commonDir: string, tracking: string, after: Oid): Promise<boolean> {
  const path = join(commonDir, 'logs', tracking);
  if (!(await orNull(stat(path)))) return (await orNull(stat(join(commonDir, 'logs', 'HEAD')))) !== null;
  return (await newestEntries(path, 0)).at(-1)?.after !== after;
}

/** The value that a ref had at a time, as its log tells it; null: it has not been written since, and is what it was. */
export async function valueAt(commonDir: string, ref: string, atMs: number): Promise<Oid | null> {
  const entries = await newestEntries(join(commonDir, 'logs', ref), atMs);
  let first: ReflogEntry | null = null;
  // Of the entries of that very second only the newest is known, by the log's mtime, to be later.
  for (const entry of entries.toReversed()) {
    if (entry === null || (first !== null && entry.seconds * 1000 <= atMs)) break;
    first = entry;
  }
  return first?.before ?? null;
}

/** The values that a ref has had after it was `told`, as far as its log was written since `sinceMs`. */
export async function valuesSince(gitDir: string, ref: string, told: Oid, sinceMs: number): Promise<Oid[]> {
  const entries = await newestEntries(join(gitDir, 'logs', ref), sinceMs);
  const at = entries.findIndex((entry) => entry !== null && (entry.before === told || entry.after === told));
  return at < 0 ? [] : entries.slice(at).flatMap((entry) => (entry ? [entry.after] : []));
}

/**
 * The newest entries of a log, oldest first; none if it was not written to since `sinceMs`. Its mtime counts,
 * not the entries' dates, which the user may set (GIT_COMMITTER_DATE). The first may be cut, which is null.
 */
async function newestEntries(path: string, sinceMs: number): Promise<(ReflogEntry | null)[]> {
  const handle = await orNull(open(path, 'r'));
  if (!handle) return [];
  try {
    const { size, mtimeMs } = await handle.stat();
    if (mtimeMs < sinceMs) return [];
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8').trimEnd().split('\n').map(parseReflogLine);
  } finally {
    await handle.close();
  }
}
