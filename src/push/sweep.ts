import type { Git } from '../platform/git.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import {
  type Claim,
  type Cursor,
  type Cursors,
  type ListedLog,
  type UnreadEntry,
  listLogs,
  readUnread,
} from './cursors.ts';
import { trackedRefs } from './refspec.ts';
import { secondOf } from './rivals.ts';
import type { GitSettings, Remote } from './settings.ts';

/** A push that no hook saw (`--no-verify`): git's own log of the tracking ref tells of it. */
export interface SweptUpdate {
  readonly remote: string;
  readonly update: RefUpdate;
  /** What it is known by: the tracking ref and the log's line. */
  readonly identity: string;
  /** When the entry was written: of a log's newest by its mtime, else by its date. Milliseconds since 1970, at most now. */
  readonly pushedAt: number;
  /** Whether its ref was pushed to by the push that is being settled, and before. */
  readonly isAfterSettled: boolean;
}

/** What a sweep found, and the cursors to keep once that is safe. */
export interface Sweep {
  readonly updates: readonly SweptUpdate[];
  readonly cursors: Cursors;
}

/** What a sweep takes. */
export interface SweepContext {
  readonly commonDir: string;
  /** Reads the logs of a repository that keeps them in reftables. */
  readonly git?: Git;
  readonly settings: GitSettings;
  readonly now: number;
  /** Pushes that are not settled. */
  readonly open: readonly OpenPush[];
  /** The claim, one of the cursors', of the push that is being settled; null: none is. */
  readonly settled?: Claim | null;
}

/** A push that is not settled. */
export interface OpenPush {
  readonly remote: string;
  readonly url: string;
  readonly startedAt: number;
  /** When it was over; null: it may be under way, and explain entries that are still to come. */
  readonly endedAt: number | null;
  /** The refs that it listed, whose logs are left for later. */
  readonly refs: readonly string[];
}

/**
 * Finds the entries "update by push" past the cursors that no claim explains.
 *
 * A claim explains one entry for each update that it lists, and the newest entry of any other ref of its remote if it was
 * written during its push: an up-to-date push writes one when the tracking ref was stale.
 */
export async function sweepReflogs(cursors: Cursors, context: SweepContext): Promise<Sweep> {
  const refs: Record<string, Cursor> = { ...cursors.refs };
  const updates: SweptUpdate[] = [];
  for (const log of await listLogs(context.commonDir, context.git)) {
    const cursor = cursors.refs[log.ref] ?? null;
    if (cursor?.size === log.size && cursor.mtimeMs === log.mtimeMs) continue;
    const tracked = trackedBy(context.settings, log.ref);
    const isOpen = context.open.some((push) =>
      tracked.some(
        ({ remote, ref }) => isOf(push, remote) && (push.endedAt === null || push.refs.includes(ref)),
      ),
    );
    if (isOpen) continue;
    const unread = await readPast(log, cursors, context);
    if (!unread) continue;
    refs[log.ref] = { ...unread.cursor, mtimeMs: log.mtimeMs };
    for (const { remote, ref } of tracked.slice(0, 1)) {
      const open = context.open.flatMap((push): Claim[] =>
        push.endedAt === null ? [] : [{ ...push, endedAt: push.endedAt, updates: [] }],
      );
      const claims = [...cursors.claims, ...open].filter((claim) => isOf(claim, remote));
      const settled = context.settled ?? null;
      const isExact = log.bytes === undefined;
      const found = unexplained(unread.entries, { ref, claims, mtimeMs: log.mtimeMs, isExact, settled });
      for (const { entry, isAfterSettled, writtenAt } of found) {
        updates.push({
          isAfterSettled,
          remote: remote.name,
          update: { ref, before: entry.before, after: entry.after, localRef: null },
          identity: `swept ${log.ref} ${entry.line}`,
          pushedAt: Math.min(writtenAt, context.now),
        });
      }
    }
  }
  const waiting = context.settings.remotes.filter((remote) =>
    context.open.some((push) => isOf(push, remote)),
  );
  const claims = cursors.claims.filter((claim) => waiting.some((remote) => isOf(claim, remote)));
  return { updates, cursors: { refs, claims } };
}

type Unread = NonNullable<Awaited<ReturnType<typeof readUnread>>>;

/** What a log has past its cursor. Of a remote that was renamed, git has taken the logs along: so do we the cursors. */
async function readPast(
  { ref, bytes }: ListedLog,
  { refs }: Cursors,
  { commonDir }: SweepContext,
): Promise<Unread | null> {
  const unread = await readUnread(commonDir, ref, refs[ref] ?? null, bytes);
  if (!unread || refs[ref]) return unread;
  const names = unread.entries.flatMap(({ renamedFrom }) => renamedFrom ?? []);
  const known = names.findLast((name) => refs[name] !== undefined);
  if (known !== undefined) return await readUnread(commonDir, ref, refs[known] ?? null, bytes);
  const last = unread.entries.findLastIndex(({ renamedFrom }) => renamedFrom !== undefined);
  return { ...unread, entries: unread.entries.slice(last + 1) };
}

function isOf(
  push: { readonly remote: string; readonly url: string },
  { name, urls, pushUrls }: Remote,
): boolean {
  return push.remote === name || urls.includes(push.url) || pushUrls.includes(push.url);
}

function trackedBy({ remotes }: GitSettings, tracking: string): { remote: Remote; ref: string }[] {
  return remotes.flatMap((remote) => trackedRefs(remote.fetch, tracking).map((ref) => ({ remote, ref })));
}

interface Log {
  readonly ref: string;
  readonly claims: readonly Claim[];
  readonly mtimeMs: number;
  /** Whether that is when the newest entry was written; of reftables the second is known. */
  readonly isExact: boolean;
  readonly settled: Claim | null;
}

interface Unexplained {
  readonly entry: UnreadEntry;
  readonly isAfterSettled: boolean;
  readonly writtenAt: number;
}

function unexplained(
  entries: readonly UnreadEntry[],
  { ref, claims, mtimeMs, isExact, settled }: Log,
): Unexplained[] {
  const listed = claims.flatMap((claim) =>
    claim.updates
      .filter((update) => update.ref === ref)
      .map(({ after, until }) => ({ after, until: until ?? claim.endedAt ?? Infinity })),
  );
  const own = settled?.updates.find((update) => update.ref === ref)?.after ?? null;
  const others = claims.filter((claim) => !claim.updates.some((update) => update.ref === ref));
  const found: Unexplained[] = [];
  let isAfterSettled = false;
  for (const [index, entry] of entries.entries()) {
    if (!entry.isPush) continue;
    const isNewest = index === entries.length - 1;
    const known = listed.findIndex(
      ({ after, until }) => after === entry.after && !isLaterThan(until, entry, mtimeMs),
    );
    if (known >= 0) {
      listed.splice(known, 1);
      isAfterSettled ||= entry.after === own;
      continue;
    }
    // When the newest was written is known; of others the second is, in which there may have been many pushes.
    const second = entry.seconds * 1000;
    const isDuring = ({ startedAt, endedAt = Infinity }: Claim): boolean =>
      isExact
        ? startedAt <= mtimeMs && mtimeMs <= endedAt
        : secondOf(startedAt) <= second && second <= endedAt;
    if (isNewest && others.some(isDuring)) continue;
    found.push({ entry, isAfterSettled, writtenAt: isNewest && isExact ? mtimeMs : second });
  }
  return found;
}

/** Whether an entry was written after a time: by its date, unless that is forged. */
function isLaterThan(until: number, { seconds }: UnreadEntry, mtimeMs: number): boolean {
  const at = seconds * 1000;
  return at > until && at <= mtimeMs + 1000;
}
