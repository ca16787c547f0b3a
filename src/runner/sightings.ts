import type { PushEvent } from '../event/push-event.ts';
import { type StoredNote, readNotes } from '../push/notes.ts';
import { eachEvent, readRecentlyFinished } from '../spool/shelves.ts';
import type { Sighting } from './merge.ts';
import type { RunContext } from './run-context.ts';

/** What else has been pushed to the refs of a note, around its time. */
export interface Sightings {
  /** Events that may have been made of another sighting of the same push. */
  readonly events: readonly PushEvent[];
  /** These, and the updates of notes that are not settled. */
  readonly others: readonly Sighting[];
}

/** Reads the sightings. No more finished events are read than have come since the note was written. */
export async function readSightings(stored: StoredNote, { spool, folders }: RunContext): Promise<Sightings> {
  const refs = new Set(stored.note.updates.map(({ ref }) => ref));
  const isOfNote = ({ url, ref }: { readonly url: string; readonly ref: string }) =>
    url === stored.note.url && refs.has(ref);
  const events: PushEvent[] = [];
  // The queue first: what is finished meanwhile is then seen twice, not never.
  for await (const event of eachEvent(spool, ['q'])) if (isOfNote(event)) events.push(event);
  events.push(...(await readRecentlyFinished(spool, stored.startedAt - 1000)).filter(isOfNote));
  const notes = await readNotes(folders.notes, folders.bad);
  const open = notes
    .filter(({ name }) => name !== stored.name)
    .flatMap(({ note, startedAt }) =>
      note.updates.map(({ ref, before }) => ({ url: note.url, ref, before, startedAt })),
    )
    .filter(isOfNote);
  return { events, others: [...events, ...open] };
}
