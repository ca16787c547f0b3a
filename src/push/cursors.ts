import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { isRecord } from '../core/record.ts';
import { type ReflogEntry, parseReflogLine } from '../hook/reflog.ts';
import type { Git } from '../platform/git.ts';
import { hasReftables, readReftableLogs } from './reftable-logs.ts';
import { orNull, readFile, readdir, stat, tryReadText, writeAtomic } from '../platform/files.ts';

/** How far the log of a tracking ref has been read. */
export interface Cursor {
  readonly size: number;
  /** Of the log when it was read, milliseconds: one that was made anew may be as long as the old one. */
  readonly mtimeMs?: number;
  /** A digest of the last line read: tells whether the log was rewritten (git reflog expire). */
  readonly line: string;
  /** The date of that line, seconds. */
  readonly seconds: number;
}

/** What a settled push explains in the logs: the updates that it listed, whatever became of them. */
export interface Claim {
  readonly remote: string;
  readonly url: string;
  readonly startedAt: number;
  /** When the push was seen to be over; what is logged later is not its. Missing: of a file of an older version. */
  readonly endedAt?: number;
  readonly updates: readonly ClaimedUpdate[];
}

/** An update of a claim. */
export interface ClaimedUpdate {
  readonly ref: string;
  readonly after: string;
  /**
   * It was accepted, and has left no entry (its git was killed): one of its value that another push has written until
   * then tells of it all the same. Milliseconds since 1970.
   */
  readonly until?: number;
}

/** The file `cursors`: where the sweep goes on, and the claims that it has not yet used. */
export interface Cursors {
  readonly refs: Readonly<Record<string, Cursor>>;
  readonly claims: readonly Claim[];
}

const ROOT = 'refs/remotes';
const SIZE_LIMIT = 64 * 1024 * 1024;

/** Reads the cursors of a repository; null when there are none, or they are of no use: start again from now. */
export async function readCursors(stateDir: string): Promise<Cursors | null> {
  try {
    const value: unknown = JSON.parse((await tryReadText(join(stateDir, 'cursors'), SIZE_LIMIT)) ?? 'null');
    return isRecord(value) && isRecord(value['refs']) && Array.isArray(value['claims'])
      ? (value as unknown as Cursors)
      : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Replaces the cursors. */
export async function writeCursors(stateDir: string, cursors: Cursors): Promise<void> {
  await writeAtomic(join(stateDir, 'cursors'), `${JSON.stringify(cursors)}\n`);
}

/**
 * Cursors at the end of every log: what is there now is history.
 *
 * @param git reads the logs of a repository that keeps them in reftables
 */
export async function cursorsAtEnd(commonDir: string, git?: Git): Promise<Cursors> {
  const refs: Record<string, Cursor> = {};
  for (const { ref, mtimeMs, bytes } of await listLogs(commonDir, git)) {
    const unread = await readUnread(commonDir, ref, null, bytes);
    if (unread) refs[ref] = { ...unread.cursor, mtimeMs };
  }
  return { refs, claims: [] };
}

/** A tracking ref that has a log: the log's size, its mtime (milliseconds), and the log where it is no file. */
export interface ListedLog {
  readonly ref: string;
  readonly size: number;
  readonly mtimeMs: number;
  readonly bytes?: Buffer;
}

/** The tracking refs that have a log. */
export async function listLogs(commonDir: string, git?: Git): Promise<ListedLog[]> {
  if (git && (await hasReftables(commonDir))) {
    return (await readReftableLogs(git)).map((log) => ({ ...log, size: log.bytes.length }));
  }
  const root = join(commonDir, 'logs', ROOT);
  const entries = (await orNull(readdir(root, { recursive: true, withFileTypes: true }))) ?? [];
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const logs = await Promise.all(
    files.map(async (path) => {
      const info = await orNull(stat(path));
      const ref = `${ROOT}${path.slice(root.length).replaceAll('\\', '/')}`;
      return info ? [{ ref, size: info.size, mtimeMs: info.mtimeMs }] : [];
    }),
  );
  return logs.flat();
}

/** An entry of a log and its line, which tells it from all others. */
export interface UnreadEntry extends ReflogEntry {
  readonly line: string;
}

/** What a log has past `cursor` (all of it for null), and the cursor at its end; null when the log is gone. */
export async function readUnread(
  commonDir: string,
  ref: string,
  cursor: Cursor | null,
  kept?: Buffer,
): Promise<{ readonly entries: readonly UnreadEntry[]; readonly cursor: Cursor } | null> {
  const bytes = kept ?? (await orNull(readFile(join(commonDir, 'logs', ref))));
  if (!bytes) return null;
  const whole = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1); // a line may be half written
  const lines = whole.toString('utf8').split('\n').slice(0, -1);
  const all = lines.flatMap((line) => {
    const entry = parseReflogLine(line);
    return entry ? [{ ...entry, line }] : [];
  });
  const last = all.at(-1);
  const end = { size: whole.length, line: digest(last?.line ?? ''), seconds: last?.seconds ?? 0 };
  if (!cursor) return { entries: all, cursor: end };
  const read = all.findLastIndex(({ line }) => digest(line) === cursor.line);
  // Its line has expired: then all that is older has expired with it.
  const entries = read >= 0 ? all.slice(read + 1) : all.filter(({ seconds }) => seconds >= cursor.seconds);
  return { entries, cursor: end };
}

function digest(line: string): string {
  return createHash('sha256').update(line).digest('hex').slice(0, 16);
}
