import { join } from 'node:path';
import {
  type Attempt,
  type Build,
  type EventSource,
  type EventState,
  type PushEvent,
  eventId,
} from '../event/push-event.ts';
import { isZeroOid } from '../core/oid.ts';
import { type StoredNote, readNotes } from '../push/notes.ts';
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

/** Everything that is known of the pushes of a repository, newest first. */
export async function readRows(spools: readonly Spool[]): Promise<HistoryRow[]> {
  const found = await Promise.all(
    spools.map(async (spool) => ({
      events: await readEvents(spool),
      notes: await readNotes(join(spool.root, 'notes'), join(spool.root, 'bad')),
    })),
  );
  const events = found.flatMap((spool) => spool.events);
  // A note stays while one of its updates is open: the others have their events already.
  const known = new Set(events.map(({ noteId, ref }) => eventId(noteId, ref, '')));
  const open = found
    .flatMap(({ notes }) => notes.flatMap(unconfirmedRows))
    .filter(({ id }) => !known.has(id));
  return [...events.map(rowOf), ...open].sort((a, b) => (a.pushedAt < b.pushedAt ? 1 : -1));
}

/** An event as a row. */
export function rowOf(event: PushEvent): HistoryRow {
  const { id, source, remote, ref, before, after, kind, job, state, reason, attempts, build } = event;
  const pushedAt = new Date(event.startedAt).toISOString();
  return { id, pushedAt, source, remote, ref, before, after, kind, job, state, reason, attempts, build };
}

function unconfirmedRows({ name, note, startedAt }: StoredNote): HistoryRow[] {
  return note.updates.map(({ ref, before, after }) => ({
    id: eventId(`${name}@${Math.round(startedAt)}`, ref, ''),
    pushedAt: new Date(startedAt).toISOString(),
    source: 'push',
    remote: note.remote,
    ref,
    before,
    after,
    kind: isZeroOid(after) ? 'deleted' : isZeroOid(before) ? 'created' : 'updated',
    job: null,
    state: 'unconfirmed',
    reason: 'the remote has not been seen to accept it yet',
    attempts: [],
    build: null,
  }));
}
