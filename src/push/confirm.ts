import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import { stripUrl } from '../core/redact.ts';
import { stored } from '../core/translate.ts';
import type { Note } from '../hook/note.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import type { TransactionLine } from '../hook/reference-transaction.ts';
import type { Env } from '../platform/effects.ts';
import type { Git } from '../platform/git.ts';
import { type LogWord, isInTransaction, valuesSince, wordOfLog } from './evidence.ts';
import { judge, sightingOf } from './judge.ts';
import { type RemoteRefs, lsRemote } from './ls-remote.ts';
import { trackingRefs } from './refspec.ts';
import { type Rival, type Sighting, speaksFor } from './rivals.ts';
import { type GitSettings, type Remote, pushUrlsOf } from './settings.ts';

/** How a push is known to have been accepted; `given`: somebody who knows has told us (post-push). */
export type Evidence = 'transaction' | 'reflog' | 'remote' | 'successor' | 'given';

/** What became of one update: */
export type Verdict =
  | {
      readonly kind: 'accepted';
      readonly update: RefUpdate;
      readonly evidence: Evidence;
      /** Of `reflog`: what the log says. */
      readonly log?: LogWord;
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
  /** When the push was over, exactly; null: nobody has seen it. */
  readonly endedAt: number | null;
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
  const logged = await loggedRemote(note, context);
  const found = await Promise.all(
    note.updates.map((update) => localEvidence(note, update, { logged, context })),
  );
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
export interface LocalEvidence {
  readonly evidence: 'transaction' | 'reflog';
  readonly log?: LogWord;
}

async function localEvidence(
  note: Note,
  update: RefUpdate,
  { logged, context }: { readonly logged: Remote | null; readonly context: ConfirmContext },
): Promise<LocalEvidence | null> {
  const { transaction, commonDir } = context;
  const remotes = remotesOf(note, context.settings);
  const tracking = remotes.flatMap(({ fetch }) => trackingRefs(fetch, update.ref));
  if (isInTransaction(transaction, tracking, update.after)) return { evidence: 'transaction' };
  if (isZeroOid(update.after)) return null;
  for (const ref of trackingRefs(logged?.fetch ?? [], update.ref)) {
    const log = await wordOfLog(commonDir, ref, update, context);
    // Under what came after it, or with more of its kind, it may be another push's.
    const isPlain = log.newestAt !== null && log.pushes === 1;
    if (isPlain || (log.pushes > 0 && speaksFor(sightingOf(update, context), log, await context.rivals())))
      return { evidence: 'reflog', log };
  }
  return null;
}

/**
 * The remote whose logs tell of pushes to the note's URL; null: there is none. Of several URLs they do not say which,
 * and the remote may have had another one by then.
 */
async function loggedRemote(
  { remote, url }: Note,
  { git, settings }: ConfirmContext,
): Promise<Remote | null> {
  const named = settings.remotes.find(({ name }) => name === remote) ?? null;
  if (named === null || named.urls.length > 1 || named.pushUrls.length > 1) return null;
  const isIts = (each: string): boolean => stripUrl(each) === url;
  if ([...named.urls, ...named.pushUrls].some(isIts)) return named;
  // As git has rewritten it: `insteadOf`.
  return (await pushUrlsOf(git, remote)).some(isIts) ? named : null;
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

async function askRemote(updates: readonly RefUpdate[], context: ConfirmContext): Promise<RemoteRefs> {
  const { git, askUrl, env, settings } = context;
  if (askUrl === null)
    return { kind: 'unreachable', reason: stored`asking the remote is switched off (verify-remote)` };
  const refs = updates.map(({ ref }) => ref);
  return await lsRemote(git, await askUrl(), refs, { env, sshCommand: settings.sshCommand });
}
