import type { Verdict } from '../push/confirm.ts';
import { type StoredNote, readNote, removeNote } from '../push/notes.ts';
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
}

/** An update of which is not known yet what became of it. */
export type OpenVerdict = Extract<Verdict, { kind: 'open' }>;

const EXPIRY_MS = 72 * 3_600_000;

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
    // What went before unseen is to be built before.
    if (open.length === 0 && !run.isFallback)
      await claimAndSweep(run, place, { ...stored, endedAt: look.endedAt });
    const put = await putEvents(run, [...drafts.filter(({ ref }) => refs.has(ref)), ...expired]);
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

function wordsOf(verdict: Verdict): string {
  const how = verdict.kind === 'accepted' ? verdict.evidence : verdict.kind === 'open' ? verdict.reason : '';
  return `${verdict.update.ref} ${verdict.update.after} ${verdict.kind} ${how}`.trimEnd();
}

/** How a note that another process left is looked at. */
export function lookAt({ note, startedAt }: StoredNote, now: number): Look {
  // A killed push may still be at work on the server; one that nobody could watch may still be under way.
  const patienceMs = note.push === null ? 3_600_000 : 15_000;
  return { isFresh: now - startedAt < patienceMs, endedAt: now };
}
