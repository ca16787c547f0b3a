import { join } from 'node:path';
import type { Oid } from '../core/oid.ts';
import { parseReflogLine } from '../hook/reflog.ts';
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

/**
 * Whether the newest entry in the log of a tracking ref is "update by push" to `after`, written since
 * `sinceMs`. The log's mtime counts, not the entry's date, which the user may set (GIT_COMMITTER_DATE).
 */
export async function isInReflog(
  commonDir: string,
  tracking: string,
  after: Oid,
  sinceMs: number,
): Promise<boolean> {
  const handle = await orNull(open(join(commonDir, 'logs', tracking), 'r'));
  if (!handle) return false;
  try {
    const { size, mtimeMs } = await handle.stat();
    if (mtimeMs < sinceMs) return false;
    const length = Math.min(size, 4096);
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length);
    const entry = parseReflogLine(buffer.toString('utf8').trimEnd().split('\n').at(-1) ?? '');
    return entry !== null && entry.isPush && entry.after === after;
  } finally {
    await handle.close();
  }
}
