import type { PushEvent } from '../event/push-event.ts';
import { type StoredNote, readNotes } from '../push/notes.ts';
import { readEvents, readRecentlyFinished } from '../spool/spool.ts';
import type { Sighting } from './merge.ts';
import type { RunContext } from './run-context.ts';

/** What else has been pushed around the time of a note. */
export interface Sightings {
  /** Events that may have been made of another sighting of the same push. */
  readonly events: readonly PushEvent[];
  /** These, and the updates of notes that are not settled. */
  readonly others: readonly Sighting[];
}

/** Reads the sightings. No more finished events are read than have come since the note was written. */
export async function readSightings(stored: StoredNote, { spool, folders }: RunContext): Promise<Sightings> {
  const finished = await readRecentlyFinished(spool, stored.startedAt - 1000);
  const events = [...(await readEvents(spool, ['q'])), ...finished];
  const notes = await readNotes(folders.notes, folders.bad);
  const open = notes
    .filter(({ name }) => name !== stored.name)
    .flatMap(({ note, startedAt }) =>
      note.updates.map(({ ref, before }) => ({ url: note.url, ref, before, startedAt })),
    );
  return { events, others: [...events, ...open] };
}
