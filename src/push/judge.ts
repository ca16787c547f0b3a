import { type Oid, isZeroOid } from '../core/oid.ts';
import { stored } from '../core/translate.ts';
import type { Note } from '../hook/note.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import type { ConfirmContext, LocalEvidence, Verdict } from './confirm.ts';
import { type LogWord, isTelling, wordOfLog } from './evidence.ts';
import type { RemoteRefs } from './ls-remote.ts';
import { trackingRefs } from './refspec.ts';
import { hasReftables } from './reftable-logs.ts';
import { type Sighting, isOutdone, isSucceeded, repeatOf } from './rivals.ts';

/** What speaks for and against one update that local evidence does not settle. */
export interface Case {
  readonly note: Note;
  readonly remote: RemoteRefs | null;
  readonly local: LocalEvidence | null;
  /** What may have been pushed in place of what git has told. */
  readonly moved: readonly Oid[];
  readonly context: ConfirmContext;
}

/** Judges one update by what the remote says, and by other pushes of its ref. */
export async function judge(update: RefUpdate, one: Case): Promise<Verdict> {
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
  if (isSucceeded(own, rivals)) return { kind: 'accepted', update, evidence: 'successor' };
  if (value === null ? isZeroOid(after) : value === after)
    return { kind: 'accepted', update, evidence: 'remote' };
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
  // Of reftables the logs are not read here: that nothing is found in them says less.
  const isLogRead = !(await hasReftables(context.commonDir));
  if (isTrackedHere && isLogRead) {
    if (context.isFresh || (await wordFor(note, update, context))?.isElsewhere)
      return { kind: 'rejected', update };
  }
  if (value !== null && !isZeroOid(update.after)) {
    const line = await context.git.run(['merge-base', '--is-ancestor', update.after, value]);
    if (line.exitCode === 0) return { kind: 'accepted', update, evidence: 'successor' };
    if (line.exitCode === 1 && isTrackedHere) return { kind: 'rejected', update };
  }
  if (isTrackedHere && context.isFresh) return { kind: 'rejected', update };
  return { kind: 'open', update, why: 'overwritten', reason: stored`another value is at the remote by now` };
}

/**
 * Whether a push to this ref would have left its trace here, so that no trace of one means that there was none. By name
 * alone: before git 2.56, a push by URL moves no tracking ref.
 */
async function isTracked(note: Note, update: RefUpdate, context: ConfirmContext): Promise<boolean> {
  const tracking = trackingOf(note, update, context);
  return tracking !== null && (await isTelling(context.commonDir, tracking, update.after, context));
}

/** What the log of the tracking ref says of an update; null: nothing. */
async function wordFor(note: Note, update: RefUpdate, context: ConfirmContext): Promise<LogWord | null> {
  const tracking = trackingOf(note, update, context);
  return tracking === null ? null : await wordOfLog(context.commonDir, tracking, update, context);
}

function trackingOf({ remote }: Note, { ref }: RefUpdate, { settings }: ConfirmContext): string | null {
  const named = settings.remotes.find(({ name }) => name === remote);
  return named ? (trackingRefs(named.fetch, ref)[0] ?? null) : null;
}

/** An update as other pushes are compared with. */
export function sightingOf(
  { ref, before, after }: RefUpdate,
  { push, startedAt, endedAt }: ConfirmContext,
): Sighting {
  return { ...push, ref, before, after, startedAt, endedAt };
}
