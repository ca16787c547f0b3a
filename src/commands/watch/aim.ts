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
  /** The events are being made: there may be more in a moment. */
  readonly isSettling: boolean;
  /** When the newest of it was pushed, milliseconds since 1970; 0 when there is nothing. */
  readonly pushedAt: number;
}

/** Between the notes that two hooks write of one push there is hardly any time. */
const ONE_PUSH_MS = 60_000;

/** The aim of `watch [<id>...]`: those, or what the last push started; null: there has been none. @throws {UserError} */
export async function takeAim(prefixes: readonly string[], spools: readonly Spool[]): Promise<Aim | null> {
  const tracked = await readTrackedRows(spools);
  if (prefixes.length === 0) {
    const [last] = tracked;
    return last ? { kind: 'pushes', isMeant: (one) => isSamePush(one, last) } : null;
  }
  const rows = tracked.map(({ row }) => row);
  const found = prefixes.map((prefix) => findRow(rows, prefix));
  const ids = new Set(found.map(({ id }) => id));
  // An id of a push that is not confirmed is one of all that it will start.
  const open = tracked.filter(({ row, event }) => event === null && ids.has(row.id));
  if (open.length === 0) return { kind: 'triggers', ids };
  return {
    kind: 'pushes',
    isMeant: (one) =>
      ids.has(one.row.id) || open.some((other) => other.row.ref === one.row.ref && isSamePush(one, other)),
  };
}

/** Whether both are of one push: where two hooks have seen it, one of their notes becomes its events, and the other nothing. */
function isSamePush(one: TrackedRow, other: TrackedRow): boolean {
  if (one.noteId === other.noteId) return true;
  if (one.pushProcess !== null && other.pushProcess !== null) return one.pushProcess === other.pushProcess;
  const [a, b] = [one.row, other.row];
  return (
    a.source === 'push' &&
    b.source === 'push' &&
    a.remote === b.remote &&
    a.ref === b.ref &&
    a.before === b.before &&
    a.after === b.after &&
    Math.abs(Date.parse(a.pushedAt) - Date.parse(b.pushedAt)) < ONE_PUSH_MS
  );
}

/** Looks what is there of it. */
export async function sight(aim: Aim, spools: readonly Spool[]): Promise<Sighted> {
  const tracked = await readTrackedRows(spools);
  const isOfPushes = aim.kind === 'pushes';
  const meant = tracked.filter((one) => (isOfPushes ? aim.isMeant(one) : aim.ids.has(one.row.id)));
  return {
    events: meant.flatMap(({ event }) => event ?? []).sort((a, b) => a.seq - b.seq),
    open: [...new Set(meant.flatMap(({ event, row }) => (event === null ? [row.ref] : [])))],
    isSettling: isOfPushes && meant.some(({ isSettling }) => isSettling),
    pushedAt: Math.max(0, ...meant.map(({ row }) => Date.parse(row.pushedAt))),
  };
}
