import type { PushEvent } from '../event/push-event.ts';
import { type StoredNote, endOf, noteIdOf, pushProcessOf, readNotes } from '../push/notes.ts';
import type { Rival } from '../push/rivals.ts';
import { eachEvent, readRecentlyFinished } from '../spool/shelves.ts';
import type { RunContext } from './run-context.ts';

/** What else has been pushed to the refs of a note, around its time. */
export interface Sightings {
  /** Events that may have been made of another sighting of the same push. */
  readonly events: readonly PushEvent[];
  /** These, and the updates of notes that are not settled. */
  readonly others: readonly Rival[];
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
  const notes = (await readNotes(folders.notes, folders.bad)).filter(({ name }) => name !== stored.name);
  const open = (await Promise.all(notes.map(openRivals))).flat().filter(isOfNote);
  const isOther = ({ source, noteId }: PushEvent): boolean =>
    (source === 'push' || source === 'swept') && noteId !== noteIdOf(stored);
  // Of each push of a ref one, whatever the number of its jobs.
  const seen = new Map(events.filter(isOther).map((event) => [`${event.noteId} ${event.ref}`, event]));
  return { events, others: [...[...seen.values()].map(rivalOf), ...open] };
}

function rivalOf(event: PushEvent): Rival {
  const { source, startedAt, endedAt, tag, after } = event;
  // Of one that no hook saw the end is when it was found.
  return { ...event, after: tag ?? after, endedAt: source === 'swept' ? startedAt : endedAt };
}

async function openRivals(stored: StoredNote): Promise<Rival[]> {
  const { note, startedAt } = stored;
  const push = { url: note.url, startedAt, endedAt: await endOf(stored), pushProcess: pushProcessOf(stored) };
  return note.updates.map(({ ref, before, after }) => ({ ...push, ref, before, after, evidence: null }));
}
