import { join } from 'node:path';
import type { Oid } from '../core/oid.ts';
import { type ReflogEntry, parseReflogLine } from '../hook/reflog.ts';
import type { TransactionLine } from '../hook/reference-transaction.ts';
import { open, orNull } from '../platform/files.ts';

/** Whether git, in the very process that pushed, has moved a tracking ref to `after`. The surest sign. */
export function isInTransaction(
  lines: readonly TransactionLine[],
  tracking: readonly string[],
  after: Oid,
): boolean {
  return lines.some((line) => line.after === after && tracking.includes(line.ref));
}

/** Whether the newest entry in the log of a tracking ref is "update by push" to `after`, written since `sinceMs`. */
export async function isInReflog(
  commonDir: string,
  tracking: string,
  after: Oid,
  sinceMs: number,
): Promise<boolean> {
  const entry = (await newestEntries(join(commonDir, 'logs', tracking), sinceMs)).at(-1) ?? null;
  return entry !== null && entry.isPush && entry.after === after;
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
    const length = Math.min(size, 4096);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    return buffer.toString('utf8').trimEnd().split('\n').map(parseReflogLine);
  } finally {
    await handle.close();
  }
}
