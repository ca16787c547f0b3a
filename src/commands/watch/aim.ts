import type { PushEvent } from '../../event/push-event.ts';
import type { Spool } from '../../spool/spool.ts';
import { findRow } from '../find-row.ts';
import { type TrackedRow, readTrackedRows } from '../rows.ts';

/** What is to be watched: triggers by their ids, or all that some pushes start. */
export type Aim =
  | { readonly kind: 'triggers'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'pushes'; readonly isMeant: (tracked: TrackedRow) => boolean };

/** What an aim comes to now. */
export interface Sighted {
  readonly events: readonly PushEvent[];
  /** Refs of which it is not known yet whether the remote took them. */
  readonly open: readonly string[];
  /** When the newest of it was pushed, milliseconds since 1970; 0 when there is nothing. */
  readonly pushedAt: number;
}

/** The aim of `watch [<id>...]`: those, or what the last push started; null: there has been none. @throws {UserError} */
export async function takeAim(prefixes: readonly string[], spools: readonly Spool[]): Promise<Aim | null> {
  const tracked = await readTrackedRows(spools);
  if (prefixes.length === 0) {
    const [last] = tracked;
    return last ? { kind: 'pushes', isMeant: ({ noteId }) => noteId === last.noteId } : null;
  }
  const rows = tracked.map(({ row }) => row);
  const found = prefixes.map((prefix) => findRow(rows, prefix));
  // An id of a push that is not confirmed is one of all that it will start.
  const open = tracked.filter(({ row, event }) => event === null && found.includes(row));
  if (open.length === 0) return { kind: 'triggers', ids: new Set(found.map(({ id }) => id)) };
  const ids = new Set(found.map(({ id }) => id));
  const notes = new Set(open.map(({ noteId, row }) => `${noteId} ${row.ref}`));
  return {
    kind: 'pushes',
    isMeant: ({ noteId, row }) => ids.has(row.id) || notes.has(`${noteId} ${row.ref}`),
  };
}

/** Looks what is there of it. */
export async function sight(aim: Aim, spools: readonly Spool[]): Promise<Sighted> {
  const tracked = await readTrackedRows(spools);
  const meant = tracked.filter((one) =>
    aim.kind === 'triggers' ? aim.ids.has(one.row.id) : aim.isMeant(one),
  );
  return {
    events: meant.flatMap(({ event }) => event ?? []).sort((a, b) => a.seq - b.seq),
    open: meant.flatMap(({ event, row }) => (event === null ? [row.ref] : [])),
    pushedAt: Math.max(0, ...meant.map(({ row }) => Date.parse(row.pushedAt))),
  };
}
