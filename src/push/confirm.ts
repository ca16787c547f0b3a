import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import { stored } from '../core/translate.ts';
import type { Note } from '../hook/note.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import type { TransactionLine } from '../hook/reference-transaction.ts';
import type { Env } from '../platform/effects.ts';
import type { Git } from '../platform/git.ts';
import { isInReflog, isInTransaction, valuesSince } from './evidence.ts';
import { type RemoteRefs, lsRemote } from './ls-remote.ts';
import { trackingRefs } from './refspec.ts';
import type { GitSettings, Remote } from './settings.ts';

/** How a push is known to have been accepted; `given`: somebody who knows has told us (post-push). */
export type Evidence = 'transaction' | 'reflog' | 'remote' | 'successor' | 'given';

/** What became of one update: */
export type Verdict =
  | { readonly kind: 'accepted'; readonly update: RefUpdate; readonly evidence: Evidence }
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
  /** Whether a later push found this value at the remote, as the old value of the ref. */
  readonly hasSuccessor: (ref: string, value: Oid) => Promise<boolean>;
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
      if (!isOpen(index) && local) return { kind: 'accepted', update, evidence: local };
      return await judge(update, {
        remote,
        local,
        moved: moved.get(index) ?? [],
        isTracked: isTracked(note, update, context),
        context,
      });
    }),
  );
}

async function localEvidence(
  note: Note,
  update: RefUpdate,
  context: ConfirmContext,
): Promise<Evidence | null> {
  const { transaction, commonDir, startedAt } = context;
  const remotes = remotesOf(note, context.settings);
  const tracking = remotes.flatMap(({ fetch }) => trackingRefs(fetch, update.ref));
  if (isInTransaction(transaction, tracking, update.after)) return 'transaction';
  // The log tells of one URL only; with several it does not say which.
  const named = remotes.find(({ name }) => name === note.remote);
  const isOneUrl = named !== undefined && named.urls.length <= 1 && named.pushUrls.length <= 1;
  if (!isOneUrl || isZeroOid(update.after)) return null;
  for (const ref of trackingRefs(named.fetch, update.ref)) {
    if (await isInReflog(commonDir, ref, update.after, startedAt)) return 'reflog';
  }
  return null;
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
  found: readonly (Evidence | null)[],
  { git, commonDir, startedAt, isFresh }: ConfirmContext,
): Promise<ReadonlyMap<number, readonly Oid[]>> {
  const moved = new Map<number, readonly Oid[]>();
  if (!/^https?:/.test(note.url)) return moved;
  const named = note.updates.flatMap(({ localRef, after }, index) =>
    localRef !== null && !isZeroOid(after) && (found[index] !== null || isFresh)
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

/** By name alone: before git 2.56, a push by URL moves no tracking ref. */
function isTracked(note: Note, { ref }: RefUpdate, { settings }: ConfirmContext): boolean {
  const named = settings.remotes.find(({ name }) => name === note.remote);
  return named !== undefined && trackingRefs(named.fetch, ref).length > 0;
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
  readonly remote: RemoteRefs | null;
  readonly local: Evidence | null;
  /** What may have been pushed in place of what git has told. */
  readonly moved: readonly Oid[];
  /** A push to this ref moves a tracking ref, so that no trace of one means that there was none. */
  readonly isTracked: boolean;
  readonly context: ConfirmContext;
}

async function judge(
  update: RefUpdate,
  { remote, local, moved, isTracked, context }: Case,
): Promise<Verdict> {
  const { ref, before, after } = update;
  if (remote?.kind !== 'refs') {
    if (local && context.askUrl === null) return { kind: 'accepted', update, evidence: local };
    return {
      kind: 'open',
      update,
      why: 'unreachable',
      reason: remote?.reason ?? stored`the remote was not asked`,
    };
  }
  const value = remote.values.get(ref) ?? null;
  if (value === null ? isZeroOid(after) : value === after)
    return { kind: 'accepted', update, evidence: 'remote' };
  if (await context.hasSuccessor(ref, after)) return { kind: 'accepted', update, evidence: 'successor' };
  const isMoved = value !== null && value !== before && moved.includes(value);
  if (isMoved && !(await context.hasSuccessor(ref, value))) {
    return { kind: 'accepted', update: { ...update, after: value }, evidence: 'remote' };
  }
  if (local) return { kind: 'accepted', update, evidence: local };
  if (value === null ? isZeroOid(before) : value === before) {
    if (!context.isFresh) return { kind: 'rejected', update };
    return { kind: 'open', update, why: 'unchanged', reason: stored`the remote has not changed yet` };
  }
  if (isTracked && context.isFresh) return { kind: 'rejected', update };
  return { kind: 'open', update, why: 'overwritten', reason: stored`another value is at the remote by now` };
}
