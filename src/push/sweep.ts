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
import type { GitSettings, Remote } from './settings.ts';

/** A push that no hook saw (`--no-verify`): git's own log of the tracking ref tells of it. */
export interface SweptUpdate {
  readonly remote: string;
  readonly update: RefUpdate;
  /** What it is known by: the tracking ref and the log's line. */
  readonly identity: string;
  /** The entry's date, milliseconds since 1970, at most now. */
  readonly pushedAt: number;
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
  /** Pushes in flight or not settled, which may still explain an entry: such logs are left for later. */
  readonly open: readonly { readonly remote: string; readonly url: string; readonly startedAt: number }[];
}

/**
 * Finds the entries "update by push" past the cursors that no claim explains.
 *
 * A claim explains one entry for each update that it lists, and one fresh entry of any other ref of its
 * remote: an up-to-date push writes one when the tracking ref was stale.
 */
export async function sweepReflogs(cursors: Cursors, context: SweepContext): Promise<Sweep> {
  const refs: Record<string, Cursor> = { ...cursors.refs };
  const updates: SweptUpdate[] = [];
  for (const log of await listLogs(context.commonDir, context.git)) {
    const cursor = cursors.refs[log.ref] ?? null;
    if (cursor?.size === log.size && cursor.mtimeMs === log.mtimeMs) continue;
    const tracked = trackedBy(context.settings, log.ref);
    const isOpen = context.open.some((push) => tracked.some(({ remote }) => isOf(push, remote)));
    if (isOpen) continue;
    const unread = await readPast(log, cursors, context);
    if (!unread) continue;
    refs[log.ref] = { ...unread.cursor, mtimeMs: log.mtimeMs };
    for (const { remote, ref } of tracked.slice(0, 1)) {
      const claims = cursors.claims.filter((claim) => isOf(claim, remote));
      for (const entry of unexplained(unread.entries, { ref, claims, mtimeMs: log.mtimeMs })) {
        updates.push({
          remote: remote.name,
          update: { ref, before: entry.before, after: entry.after, localRef: null },
          identity: `swept ${log.ref} ${entry.line}`,
          pushedAt: Math.min(entry.seconds * 1000, context.now),
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

function unexplained(
  entries: readonly UnreadEntry[],
  { ref, claims, mtimeMs }: { ref: string; claims: readonly Claim[]; mtimeMs: number },
): UnreadEntry[] {
  const listed = claims.flatMap((claim) =>
    claim.updates.filter((update) => update.ref === ref).map(({ after }) => after),
  );
  const isFreshOfOther = claims.some(
    ({ startedAt, endedAt = Infinity, updates }) =>
      startedAt <= mtimeMs && mtimeMs <= endedAt && !updates.some((update) => update.ref === ref),
  );
  return entries.filter((entry, index) => {
    if (!entry.isPush) return false;
    const at = listed.indexOf(entry.after);
    if (at >= 0) {
      listed.splice(at, 1);
      return false;
    }
    return !(isFreshOfOther && index === entries.length - 1);
  });
}
