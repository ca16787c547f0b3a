import { join } from 'node:path';
import { stored } from '../core/translate.ts';
import {
  type Attempt,
  type Build,
  type EventSource,
  type EventState,
  type PushEvent,
  eventId,
} from '../event/push-event.ts';
import { isZeroOid } from '../core/oid.ts';
import { type StoredNote, noteIdOf, pushProcessOf, readNotes } from '../push/notes.ts';
import { readEvents } from '../spool/shelves.ts';
import type { Spool } from '../spool/spool.ts';

/** A row of `history --json`, design.md section 4. */
export interface HistoryRow {
  readonly id: string;
  readonly pushedAt: string;
  readonly source: EventSource;
  readonly remote: string;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  readonly kind: PushEvent['kind'];
  readonly job: PushEvent['job'];
  readonly state: EventState | 'unconfirmed';
  readonly reason: string | null;
  readonly attempts: readonly Attempt[];
  readonly build: Build | null;
}

/** A row, with what it is of. */
export interface TrackedRow {
  readonly row: HistoryRow;
  /** The same for all that one push has become. */
  readonly noteId: string;
  /** The process that pushed, as in `PushEvent`: two hooks may have seen one push, each with a note of its own. */
  readonly pushProcess: string | null;
  /** Null while the push is not confirmed. */
  readonly event: PushEvent | null;
  /** Its note is still there: more events may come of it, for other jobs. */
  readonly isSettling: boolean;
}

/** Everything that is known of the pushes of a repository, newest first. */
export async function readRows(spools: readonly Spool[]): Promise<HistoryRow[]> {
  return (await readTrackedRows(spools)).map(({ row }) => row);
}

/** The same, with the events. */
export async function readTrackedRows(spools: readonly Spool[]): Promise<TrackedRow[]> {
  const found = await Promise.all(
    // Notes first: one that is settled meanwhile is among the events then.
    spools.map(async (spool) => ({
      notes: await readNotes(join(spool.root, 'notes'), join(spool.root, 'bad')),
      events: await readEvents(spool),
    })),
  );
  const events = found.flatMap((spool) => spool.events);
  // A note stays while one of its updates is open: the others have their events already.
  const known = new Set(events.map(({ noteId, ref }) => eventId(noteId, ref, '')));
  const open = found
    .flatMap(({ notes }) => notes.flatMap(unconfirmedRows))
    .filter(({ row }) => !known.has(row.id));
  const listed = new Set(found.flatMap(({ notes }) => notes.map(noteIdOf)));
  const settled = events.map((event) => ({
    row: rowOf(event),
    noteId: event.noteId,
    pushProcess: event.pushProcess,
    event,
    isSettling: listed.has(event.noteId),
  }));
  return [...settled, ...open].sort((a, b) => (a.row.pushedAt < b.row.pushedAt ? 1 : -1));
}

/** An event as a row. */
export function rowOf(event: PushEvent): HistoryRow {
  const { id, source, remote, ref, before, after, kind, job, state, reason, attempts, build } = event;
  const pushedAt = new Date(event.startedAt).toISOString();
  return { id, pushedAt, source, remote, ref, before, after, kind, job, state, reason, attempts, build };
}

function unconfirmedRows(storedNote: StoredNote): TrackedRow[] {
  const { note, startedAt } = storedNote;
  const noteId = noteIdOf(storedNote);
  const pushedAt = new Date(startedAt).toISOString();
  return note.updates.map(({ ref, before, after }) => ({
    noteId,
    pushProcess: pushProcessOf(storedNote),
    event: null,
    isSettling: true,
    row: {
      id: eventId(noteId, ref, ''),
      pushedAt,
      source: 'push',
      remote: note.remote,
      ref,
      before,
      after,
      kind: isZeroOid(after) ? 'deleted' : isZeroOid(before) ? 'created' : 'updated',
      job: null,
      state: 'unconfirmed',
      reason: stored`the remote has not been seen to accept it yet`,
      attempts: [],
      build: null,
    },
  }));
}
