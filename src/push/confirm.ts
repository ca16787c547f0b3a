import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import { stored } from '../core/translate.ts';
import type { Note } from '../hook/note.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import type { TransactionLine } from '../hook/reference-transaction.ts';
import type { Env } from '../platform/effects.ts';
import type { Git } from '../platform/git.ts';
import { isInTransaction, isTelling, valuesSince, wordOfLog } from './evidence.ts';
import { type RemoteRefs, lsRemote } from './ls-remote.ts';
import { trackingRefs } from './refspec.ts';
import { type Rival, type Sighting, countRivals, isOutdone, isSucceeded, repeatOf } from './rivals.ts';
import type { GitSettings, Remote } from './settings.ts';

/** How a push is known to have been accepted; `given`: somebody who knows has told us (post-push). */
export type Evidence = 'transaction' | 'reflog' | 'remote' | 'successor' | 'given';

/** What became of one update: */
export type Verdict =
  | {
      readonly kind: 'accepted';
      readonly update: RefUpdate;
      readonly evidence: Evidence;
      /** Of `reflog`: how many entries speak for it. */
      readonly entries?: number;
    }
  | { readonly kind: 'rejected'; readonly update: RefUpdate }
  /** Not known yet. `unchanged`: the remote has the old value, which a slow server may still change. */
  | {
      readonly kind: 'open';
      readonly update: RefUpdate;
      readonly why: 'unchanged' | 'unreachable' | 'overwritten';
      readonly reason: string;
    };

/** What confirming one note takes. */
export interface ConfirmContext {
  readonly git: Git;
  readonly commonDir: string;
  readonly settings: GitSettings;
  readonly env: Env;
  /** Lines of the reference-transaction shim. */
  readonly transaction: readonly TransactionLine[];
  /** When the note was written, milliseconds since 1970. */
  readonly startedAt: number;
  /** Gives the URL to ask, with its credentials if any; null: never ask the remote. */
  readonly askUrl: (() => Promise<string>) | null;
  /** The push has only just ended: the branch that it pushed is where it was, give or take a moment. */
  readonly isFresh: boolean;
  /** The URL and the process of the push, without what is told of each update. */
  readonly push: Pick<Sighting, 'url' | 'pushProcess'>;
  /** Other pushes of the same refs, around its time. */
  readonly rivals: () => Promise<readonly Rival[]>;
}

/**
 * Which updates of a note the remote has accepted: the recorded transaction, a fresh reflog entry, else the
 * remote itself. Never a guess: what cannot be known yet is `open` (git-facts.md section 4).
 */
export async function confirmUpdates(note: Note, context: ConfirmContext): Promise<Verdict[]> {
  const found = await Promise.all(note.updates.map((update) => localEvidence(note, update, context)));
  const moved = await movedSources(note, found, context);
  const isOpen = (index: number) => found[index] === null || moved.has(index);
  const open = note.updates.filter((_, index) => isOpen(index));
  const remote = open.length === 0 ? null : await askRemote(open, context);
  return await Promise.all(
    note.updates.map(async (update, index): Promise<Verdict> => {
      const local = found[index] ?? null;
      if (!isOpen(index) && local) return { kind: 'accepted', update, ...local };
      return await judge(update, { note, remote, local, moved: moved.get(index) ?? [], context });
    }),
  );
}

/** What there is here for an update. */
interface LocalEvidence {
  readonly evidence: 'transaction' | 'reflog';
  readonly entries?: number;
}

async function localEvidence(
  note: Note,
  update: RefUpdate,
  context: ConfirmContext,
): Promise<LocalEvidence | null> {
  const { transaction, commonDir, startedAt } = context;
  const remotes = remotesOf(note, context.settings);
  const tracking = remotes.flatMap(({ fetch }) => trackingRefs(fetch, update.ref));
  if (isInTransaction(transaction, tracking, update.after)) return { evidence: 'transaction' };
  // The log tells of one URL only; with several it does not say which.
  const named = remotes.find(({ name }) => name === note.remote);
  const isOneUrl = named !== undefined && named.urls.length <= 1 && named.pushUrls.length <= 1;
  if (!isOneUrl || isZeroOid(update.after)) return null;
  for (const ref of trackingRefs(named.fetch, update.ref)) {
    const { pushes, isNewest } = await wordOfLog(commonDir, ref, update, startedAt);
    // Under what came after it, or with more of its kind, it may be another push's.
    const isPlain = isNewest && pushes === 1;
    if (pushes > 0 && (isPlain || pushes > countRivals(sightingOf(update, context), await context.rivals())))
      return { evidence: 'reflog', entries: pushes };
  }
  return null;
}

function sightingOf({ ref, before, after }: RefUpdate, { push, startedAt }: ConfirmContext): Sighting {
  return { ...push, ref, before, after, startedAt };
}

/** By name, and by URL: from git 2.56 on, a push by URL moves the tracking refs of the remote that has it. */
function remotesOf(note: Note, { remotes }: GitSettings): Remote[] {
  return remotes.filter(
    ({ name, urls, pushUrls }) =>
      name === note.remote || urls.includes(note.url) || pushUrls.includes(note.url),
  );
}

/**
 * Over http, git pushes what the branch is when the transfer starts, but records everywhere what it was
 * before the pre-push hooks: gives the values that sources have had since, by the index of their update.
 */
async function movedSources(
  note: Note,
  found: readonly (LocalEvidence | null)[],
  { git, commonDir, startedAt, isFresh }: ConfirmContext,
): Promise<ReadonlyMap<number, readonly Oid[]>> {
  const moved = new Map<number, readonly Oid[]>();
  if (!/^https?:/.test(note.url)) return moved;
  const named = note.updates.flatMap(({ localRef, after }, index) =>
    localRef !== null && !localRef.includes('\n') && !isZeroOid(after) && (found[index] !== null || isFresh)
      ? [{ index, localRef, after }]
      : [],
  );
  if (named.length === 0) return moved;
  const stdin = named.map(({ localRef }) => `${localRef}\n`).join('');
  const { stdout } = await git.run(['cat-file', '--batch-check=%(objectname)'], { stdin });
  const values = stdout.split('\n').map(parseOid);
  for (const [at, { index, localRef, after }] of named.entries()) {
    const gitDir = localRef.startsWith('refs/') ? commonDir : git.gitDir;
    const logged = await valuesSince(gitDir, localRef, after, startedAt);
    const others = [values[at] ?? after, ...logged].filter((value) => value !== after);
    if (others.length > 0) moved.set(index, others);
  }
  return moved;
}

/**
 * Whether a push to this ref would have left its trace here, so that no trace of one means that there was none. By name
 * alone: before git 2.56, a push by URL moves no tracking ref.
 */
async function isTracked(note: Note, { ref, after }: RefUpdate, context: ConfirmContext): Promise<boolean> {
  const named = context.settings.remotes.find(({ name }) => name === note.remote);
  const [tracking] = named ? trackingRefs(named.fetch, ref) : [];
  return tracking !== undefined && (await isTelling(context.commonDir, tracking, after));
}

/** Whether git has logged a push that found the old value still there, and has led elsewhere. */
async function isElsewhere(note: Note, update: RefUpdate, context: ConfirmContext): Promise<boolean> {
  const named = context.settings.remotes.find(({ name }) => name === note.remote);
  for (const tracking of named ? trackingRefs(named.fetch, update.ref) : []) {
    const word = await wordOfLog(context.commonDir, tracking, update, context.startedAt);
    if (word.isElsewhere) return true;
  }
  return false;
}

async function askRemote(updates: readonly RefUpdate[], context: ConfirmContext): Promise<RemoteRefs> {
  const { git, askUrl, env, settings } = context;
  if (askUrl === null)
    return { kind: 'unreachable', reason: stored`asking the remote is switched off (verify-remote)` };
  const refs = updates.map(({ ref }) => ref);
  return await lsRemote(git, await askUrl(), refs, { env, sshCommand: settings.sshCommand });
}

/** What speaks for and against one update that local evidence does not settle. */
interface Case {
  readonly note: Note;
  readonly remote: RemoteRefs | null;
  readonly local: LocalEvidence | null;
  /** What may have been pushed in place of what git has told. */
  readonly moved: readonly Oid[];
  readonly context: ConfirmContext;
}

async function judge(update: RefUpdate, one: Case): Promise<Verdict> {
  const { remote, local, moved, context } = one;
  const { ref, before, after } = update;
  const own = sightingOf(update, context);
  const rivals = await context.rivals();
  // What it did, if anything, is told of the later one.
  const isRepeated = local === null && repeatOf(own, rivals) !== null && !isSucceeded(own, rivals);
  if (remote?.kind !== 'refs') {
    if (local && context.askUrl === null) return { kind: 'accepted', update, ...local };
    if (isRepeated || (local === null && isOutdone(own, rivals, false))) return { kind: 'rejected', update };
    const reason = remote?.reason ?? stored`the remote was not asked`;
    return { kind: 'open', update, why: 'unreachable', reason };
  }
  const value = remote.values.get(ref) ?? null;
  if (isRepeated) return { kind: 'rejected', update };
  if (value === null ? isZeroOid(after) : value === after)
    return { kind: 'accepted', update, evidence: 'remote' };
  if (isSucceeded(own, rivals)) return { kind: 'accepted', update, evidence: 'successor' };
  const isMoved = value !== null && value !== before && moved.includes(value);
  if (isMoved && !isSucceeded({ ...own, after: value }, rivals)) {
    return { kind: 'accepted', update: { ...update, after: value }, evidence: 'remote' };
  }
  if (local) return { kind: 'accepted', update, ...local };
  if (value === null ? isZeroOid(before) : value === before) {
    if (!context.isFresh) return { kind: 'rejected', update };
    return { kind: 'open', update, why: 'unchanged', reason: stored`the remote has not changed yet` };
  }
  if (isOutdone(own, rivals, true)) return { kind: 'rejected', update };
  return await judgeOverwritten(update, value, one);
}

/** The remote has neither the old value nor the new one: somebody else has pushed, before this push or after it. */
async function judgeOverwritten(
  update: RefUpdate,
  value: Oid | null,
  { note, context }: Case,
): Promise<Verdict> {
  const isTrackedHere = await isTracked(note, update, context);
  if (isTrackedHere && (context.isFresh || (await isElsewhere(note, update, context))))
    return { kind: 'rejected', update };
  if (value !== null && !isZeroOid(update.after)) {
    const line = await context.git.run(['merge-base', '--is-ancestor', update.after, value]);
    if (line.exitCode === 0) return { kind: 'accepted', update, evidence: 'successor' };
    if (line.exitCode === 1 && isTrackedHere) return { kind: 'rejected', update };
  }
  return { kind: 'open', update, why: 'overwritten', reason: stored`another value is at the remote by now` };
}
