import { join } from 'node:path';
import type { Oid } from '../core/oid.ts';
import { type ReflogEntry, parseReflogLine } from '../hook/reflog.ts';
import type { TransactionLine } from '../hook/reference-transaction.ts';
import { open, orNull, stat } from '../platform/files.ts';
import { hasReftables } from './reftable-logs.ts';
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

/** When a push was under way, milliseconds since 1970; `endedAt` null: nobody has seen its end. */
export interface Span {
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** What the log of a tracking ref says of a push. */
export interface LogWord {
  /** How many entries "update by push" to the value there are in the seconds of the push. */
  readonly pushes: number;
  /** When the newest entry was written, if it is one of them and was written during the push; else null. */
  readonly newestAt: number | null;
  /** Whether a push has led from the old value to another one since it began. */
  readonly isElsewhere: boolean;
}

/**
 * Reads what a log says of a push. The dates of entries count, which have seconds. Where the user has forged them
 * (GIT_COMMITTER_DATE) the newest entry alone counts, by the log's mtime.
 */
export async function wordOfLog(
  commonDir: string,
  tracking: string,
  { before, after }: { readonly before: Oid; readonly after: Oid },
  { startedAt, endedAt }: Span,
): Promise<LogWord> {
  const { entries, mtimeMs } = await newestEntries(join(commonDir, 'logs', tracking), startedAt);
  const isSince = (entry: ReflogEntry | null): entry is ReflogEntry =>
    entry?.isPush === true &&
    entry.seconds * 1000 >= secondOf(startedAt) &&
    // Of the future: forged, or the clock was set back.
    entry.seconds * 1000 <= mtimeMs + 1000;
  const since = entries.filter(isSince);
  const during = since.filter(({ seconds }) => seconds * 1000 <= (endedAt ?? Infinity));
  const newest = entries.at(-1) ?? null;
  const isNewest = newest?.isPush === true && newest.after === after && mtimeMs <= (endedAt ?? Infinity);
  const pushes = during.filter((entry) => entry.after === after).length;
  return {
    pushes: Math.max(pushes, isNewest ? 1 : 0),
    newestAt: isNewest ? mtimeMs : null,
    isElsewhere: since.some((entry) => entry.before === before && entry.after !== after),
  };
}

/**
 * Whether a push that moved the tracking ref to `after` would have left an entry in its log: reflogs are kept, and the
 * ref was not there already.
 */
export async function isTelling(
  commonDir: string,
  tracking: string,
  after: Oid,
  { startedAt }: Span,
): Promise<boolean> {
  if (await hasReftables(commonDir)) return true;
  const path = join(commonDir, 'logs', tracking);
  if (!(await orNull(stat(path)))) return (await orNull(stat(join(commonDir, 'logs', 'HEAD')))) !== null;
  const then = await valueAt(commonDir, tracking, startedAt);
  return (then ?? (await newestEntries(path, 0)).entries.at(-1)?.after) !== after;
}

/** The value that a ref had at a time, as its log tells it; null: it has not been written since, and is what it was. */
export async function valueAt(commonDir: string, ref: string, atMs: number): Promise<Oid | null> {
  const { entries } = await newestEntries(join(commonDir, 'logs', ref), atMs);
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
  const { entries } = await newestEntries(join(gitDir, 'logs', ref), sinceMs);
  const at = entries.findIndex((entry) => entry !== null && (entry.before === told || entry.after === told));
  return at < 0 ? [] : entries.slice(at).flatMap((entry) => (entry ? [entry.after] : []));
}

interface LogTail {
  readonly entries: readonly (ReflogEntry | null)[];
  readonly mtimeMs: number;
}

/**
 * The newest entries of a log, oldest first; none if it was not written to since `sinceMs`. Its mtime counts,
 * not the entries' dates, which the user may set (GIT_COMMITTER_DATE). The first may be cut, which is null.
 */
async function newestEntries(path: string, sinceMs: number): Promise<LogTail> {
  const handle = await orNull(open(path, 'r'));
  if (!handle) return { entries: [], mtimeMs: 0 };
  try {
    const { size, mtimeMs } = await handle.stat();
    if (mtimeMs < sinceMs) return { entries: [], mtimeMs };
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return { entries: buffer.toString('utf8').trimEnd().split('\n').map(parseReflogLine), mtimeMs };
  } finally {
    await handle.close();
  }
}
