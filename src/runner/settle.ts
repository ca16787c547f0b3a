import { stored } from '../core/translate.ts';
import type { PushEvent } from '../event/push-event.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import type { Verdict } from '../push/confirm.ts';
import { type StoredNote, endOf, readNote, readNotes, removeNote } from '../push/notes.ts';
import { confirmNote } from './confirm-note.ts';
import { confirmedUpdate, draftEvents, expiredDrafts } from './drafts.ts';
import { putEvents, withIntake } from './intake.ts';
import { isAlreadySeen } from './merge.ts';
import { openPlace } from './place.ts';
import { type RunContext, confirmedPush } from './run-context.ts';
import { readSightings } from './sightings.ts';
import { claimAndSweep } from './sweep.ts';

/** How a note is looked at. */
export interface Look {
  /** The push has only just ended: what has not arrived yet may still. */
  readonly isFresh: boolean;
  /** When the push was seen to have ended, milliseconds since 1970. */
  readonly endedAt: number;
  /** When it had ended, if its watcher has seen it; else null. */
  readonly exactEnd: number | null;
}

/** An update of which is not known yet what became of it. */
export type OpenVerdict = Extract<Verdict, { kind: 'open' }>;

const EXPIRY_MS = 72 * 3_600_000;
const LATER = stored`an earlier push is not settled yet`;

/**
 * Settles a note as far as it can be known what became of its push: accepted updates become events; with
 * nothing left open the note is removed. To be called again for what is open.
 */
export async function settleNote(
  stored: StoredNote,
  look: Look,
  run: RunContext,
): Promise<readonly OpenVerdict[]> {
  const { note, folder, name } = stored;
  const { clock } = run.effects;
  const place = await openPlace(note, run);
  const isOff = note.off || !place.settings.isEnabled;
  if (isOff && look.isFresh && (await isAwaited(stored, run))) return note.updates.map(laterVerdict);
  const verdicts = isOff ? [] : await confirmNote(stored, look, { place, run });
  for (const verdict of verdicts) await run.debug(`${name} ${wordsOf(verdict)}`);
  const undecided = verdicts.filter((verdict) => verdict.kind === 'open');
  const isExpired = clock.now() - stored.startedAt > EXPIRY_MS;
  const open = isExpired ? [] : undecided;
  const accepted = verdicts.filter((verdict) => verdict.kind === 'accepted');
  if (open.length > 0 && accepted.length === 0) return open;

  const confirmed = accepted.map((verdict) => confirmedUpdate(stored, look, verdict));
  const drafts = await draftEvents(confirmed, place, run);
  const expired = isExpired ? await expiredDrafts(stored, look, undecided, { place, run }) : [];
  await withIntake(run, async () => {
    // Another run may have been faster.
    if (!(await readNote(folder, name, run.folders.bad))) return;
    const { events, others } = await readSightings(stored, run);
    const fresh = confirmed.filter((update) => !isAlreadySeen(update, events, others));
    const refs = new Set(fresh.map(({ update }) => update.ref));
    const putOwn = async (): Promise<readonly PushEvent[]> =>
      await putEvents(run, [...drafts.filter(({ ref }) => refs.has(ref)), ...expired]);
    const untraced = fresh.filter(({ evidence }) => evidence === 'remote' || evidence === 'successor');
    const settled = {
      ...stored,
      endedAt: look.endedAt,
      untraced: new Set(untraced.map(({ update }) => update.ref)),
    };
    const put =
      open.length === 0 && !run.isFallback
        ? await claimAndSweep(run, { place, settled }, putOwn)
        : await putOwn();
    for (const event of put)
      await run.debug(
        `${event.id} ${event.ref} ${event.job?.name ?? '-'} ${event.state}: ${event.reason ?? ''}`,
      );
    if (open.length === 0) await removeNote(stored);
    const told = fresh
      .map(({ update }) => update)
      .filter(({ ref }) => put.some((event) => event.ref === ref));
    if (told.length > 0) {
      run.confirmed.push(confirmedPush(place, { ...note, updates: told }));
    }
  });
  return open;
}

/** Whether an earlier push of one of its refs is not settled, which must not take for its own what this one has done. */
async function isAwaited({ note, startedAt }: StoredNote, { folders }: RunContext): Promise<boolean> {
  const refs = new Set(note.updates.map(({ ref }) => ref));
  const notes = await readNotes(folders.notes, folders.bad);
  return notes.some(
    (other) =>
      other.startedAt < startedAt &&
      !other.note.off &&
      other.note.url === note.url &&
      other.note.updates.some(({ ref }) => refs.has(ref)),
  );
}

function laterVerdict(update: RefUpdate): OpenVerdict {
  return { kind: 'open', update, why: 'unchanged', reason: LATER };
}

function wordsOf(verdict: Verdict): string {
  const how = verdict.kind === 'accepted' ? verdict.evidence : verdict.kind === 'open' ? verdict.reason : '';
  return `${verdict.update.ref} ${verdict.update.after} ${verdict.kind} ${how}`.trimEnd();
}

/** How a note that another process left is looked at. */
export async function lookAt(stored: StoredNote, now: number): Promise<Look> {
  const { note, startedAt } = stored;
  // A killed push may still be at work on the server; one that nobody could watch may still be under way.
  const patienceMs = note.push === null ? 3_600_000 : 15_000;
  const exactEnd = await endOf(stored);
  return { isFresh: now - startedAt < patienceMs, endedAt: exactEnd ?? now, exactEnd };
}
