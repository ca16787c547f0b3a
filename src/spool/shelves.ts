import { join } from 'node:path';
import { type PushEvent, isFinal } from '../event/push-event.ts';
import {
  hasCode,
  listNames,
  orNull,
  readTextNow,
  removeFile,
  rename,
  stat,
  sync,
  writeAtomic,
} from '../platform/files.ts';
import type { Spool } from './spool.ts';
import { EVENT_LIMIT, fileName, parseEvent } from './stored-event.ts';

/** Where an event's file is: `q` what is not final, `done` and `dead` what is, the second for what failed. */
export type Shelf = 'q' | 'done' | 'dead';

/** An event's file by its name alone. */
export interface Slip {
  readonly shelf: Shelf;
  /** `<seq, 8 digits or more>-<id>`. */
  readonly name: string;
  readonly id: string;
}

const SHELVES: readonly Shelf[] = ['q', 'done', 'dead'];
const SIDE_BY_SIDE = 32;
const NAME = /^\d{8,}-([0-9a-f]{12})$/;

/** The files of the given shelves, oldest first. What moves from one to another meanwhile is in one, or in both. */
export async function listSlips(spool: Spool, shelves: readonly Shelf[] = SHELVES): Promise<Slip[]> {
  const found = new Map<string, Slip>();
  const ordered = SHELVES.filter((shelf) => shelves.includes(shelf));
  // `q` first: a file is written to a later shelf before it leaves this one. And once more for what is taken back.
  for (const shelf of ordered.length > 1 ? [...ordered, ...ordered.slice(0, 1)] : ordered) {
    for (const name of await listNames(join(spool.root, shelf))) {
      const id = NAME.exec(name)?.[1];
      if (id !== undefined) found.set(`${shelf}/${name}`, { shelf, name, id });
    }
  }
  // A number of nine digits comes after one of eight.
  return [...found.values()].sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
}

/**
 * Reads an event; null when it has moved on, or belongs to another user. What is no event of ours goes to `bad`,
 * kept for a human.
 */
export async function readSlip(spool: Spool, { shelf, name }: Slip): Promise<PushEvent | null> {
  const path = join(spool.root, shelf, name);
  try {
    const text = readTextNow(path, EVENT_LIMIT);
    if (text === null) return null;
    const event = parseEvent(name, text);
    if (event) return event;
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM')) return null;
    if (!(error instanceof RangeError) && !hasCode(error, 'EISDIR')) throw error;
  }
  await orNull(rename(path, join(spool.root, 'bad', name)));
  return null;
}

/**
 * Reads events one after the other, oldest first: of a long queue no two need be in memory. One that moves from one
 * of these shelves to another meanwhile is read where it has come to.
 */
export async function* eachEvent(
  spool: Spool,
  shelves: readonly Shelf[] = SHELVES,
): AsyncGenerator<PushEvent> {
  const slips = await listSlips(spool, shelves);
  // Between the two steps of a move an event is in both places; the later place counts.
  const final = new Set(slips.filter(({ shelf }) => shelf !== 'q').map(({ id }) => id));
  for (const slip of slips) {
    if (slip.shelf === 'q' && final.has(slip.id)) continue;
    const event = (await readSlip(spool, slip)) ?? (await readMoved(spool, slip, shelves));
    if (event) yield event;
  }
}

async function readMoved(spool: Spool, slip: Slip, shelves: readonly Shelf[]): Promise<PushEvent | null> {
  for (const shelf of shelves) {
    const event = shelf === slip.shelf ? null : await readSlip(spool, { ...slip, shelf });
    if (event) return event;
  }
  return null;
}

/** Reads an event wherever it is by now, the later place first; null when it is nowhere. */
export async function findEvent(
  spool: Spool,
  event: Pick<PushEvent, 'seq' | 'id'>,
): Promise<PushEvent | null> {
  const slip = { name: fileName(event), id: event.id };
  // Once more where it may have moved to since.
  for (const shelf of ['done', 'dead', 'q', 'done', 'dead'] as const) {
    const found = await readSlip(spool, { ...slip, shelf });
    if (found) return found;
  }
  return null;
}

/** Reads all events of the given shelves, oldest first. */
export async function readEvents(spool: Spool, shelves: readonly Shelf[] = SHELVES): Promise<PushEvent[]> {
  const events: PushEvent[] = [];
  for await (const event of eachEvent(spool, shelves)) events.push(event);
  return events;
}

/** Reads an event again that was read before: what was waiting then may have moved on. Null: it is final. */
export async function rereadEvent(
  spool: Spool,
  event: Pick<PushEvent, 'seq' | 'id'>,
): Promise<PushEvent | null> {
  return await readSlip(spool, { shelf: 'q', name: fileName(event), id: event.id });
}

/** Writes a new event, or the next state of one that is not final. Durable when it returns. */
export async function saveEvent(spool: Spool, event: PushEvent): Promise<void> {
  await writeAtomic(join(spool.root, 'q', fileName(event)), JSON.stringify(event));
}

/** Writes many new events, side by side. Durable when it returns. */
export async function saveEvents(spool: Spool, events: readonly PushEvent[]): Promise<void> {
  for (let from = 0; from < events.length; from += SIDE_BY_SIDE) {
    const batch = events.slice(from, from + SIDE_BY_SIDE).map(async (event) => {
      const path = join(spool.root, 'q', fileName(event));
      await writeAtomic(path, JSON.stringify(event), { isFolderSynced: false });
    });
    await Promise.all(batch);
  }
  if (events.length > 0) await sync(join(spool.root, 'q'));
}

/**
 * Moves an event to where final ones are. At no instant is it nowhere; after a power cut it may be in both places.
 *
 * @param options.durable false for what nobody would miss: a push that no rule asks for
 */
export async function finishEvent(
  spool: Spool,
  event: PushEvent,
  options: { readonly durable: boolean } = { durable: true },
): Promise<void> {
  const name = fileName(event);
  await writeAtomic(join(spool.root, shelfOf(event), name), JSON.stringify(event), options);
  await removeFile(join(spool.root, 'q', name));
}

/** Writes the next state of an event to where it belongs. */
export async function settleEvent(spool: Spool, event: PushEvent): Promise<void> {
  await (isFinal(event) ? finishEvent(spool, event) : saveEvent(spool, event));
}

/**
 * Takes a final event back into the queue, as it is: a state that waits is to be saved at once. Wants the intake,
 * as whoever finds a final event in the queue puts it back.
 */
export async function reopenEvent(spool: Spool, event: PushEvent): Promise<void> {
  const name = fileName(event);
  await rename(join(spool.root, shelfOf(event), name), join(spool.root, 'q', name));
}

/** Completes moves that a crash has cut in two, there or back. Wants the intake. */
export async function completeMoves(spool: Spool): Promise<void> {
  const final = new Set((await listSlips(spool, ['done', 'dead'])).map(({ name }) => name));
  for (const slip of await listSlips(spool, ['q'])) {
    if (final.has(slip.name)) await removeFile(join(spool.root, 'q', slip.name));
  }
}

/** Events of final shelves that were finished since `sinceMs`, newest first: no more files are read than that. */
export async function readRecentlyFinished(spool: Spool, sinceMs: number): Promise<PushEvent[]> {
  const events: PushEvent[] = [];
  for (const shelf of ['done', 'dead'] as const) {
    for (const slip of (await listSlips(spool, [shelf])).toReversed()) {
      const info = await orNull(stat(join(spool.root, shelf, slip.name)));
      if (!info || info.mtimeMs < sinceMs) break;
      const event = await readSlip(spool, slip);
      if (event) events.push(event);
    }
  }
  return events;
}

/** Events that have failed or expired since `sinceMs`, oldest first. */
export async function readDeadSince(spool: Spool, sinceMs: number): Promise<PushEvent[]> {
  const events: PushEvent[] = [];
  for (const slip of await listSlips(spool, ['dead'])) {
    const info = await orNull(stat(join(spool.root, 'dead', slip.name)));
    const event = info && info.mtimeMs >= sinceMs ? await readSlip(spool, slip) : null;
    if (event) events.push(event);
  }
  return events;
}

function shelfOf({ state }: PushEvent): Shelf {
  return state === 'failed' || state === 'expired' ? 'dead' : 'done';
}
