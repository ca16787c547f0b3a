import { join } from 'node:path';
import { isRecord } from '../core/record.ts';
import type { PushEvent } from '../event/push-event.ts';
import {
  hasCode,
  listNames,
  makeFolder,
  orNull,
  readText,
  removeFile,
  rename,
  stat,
  sync,
  writeAtomic,
} from '../platform/files.ts';

/** Where an event's file is: `q` what is not final, `done` and `dead` what is, the second for what failed. */
export type Shelf = 'q' | 'done' | 'dead';

/** An event's file by its name alone. */
export interface Slip {
  readonly shelf: Shelf;
  /** `<seq, 8 digits or more>-<id>`. */
  readonly name: string;
  readonly id: string;
}

const FOLDERS = ['notes', 'in', 'q', 'done', 'dead', 'bad', 'lock'] as const;
const SHELVES: readonly Shelf[] = ['q', 'done', 'dead'];
const NAME = /^\d{8,}-([0-9a-f]{12})$/;
const EVENT_LIMIT = 1024 * 1024;

/** The spool of a repository: one file an event, the folder `codearts-hooks` of delivery.md section 1.3. */
export interface Spool {
  readonly root: string;
}

/** Opens the spool in `root`, making what is missing of its folders. */
export async function openSpool(root: string): Promise<Spool> {
  await makeFolder(root);
  await Promise.all(FOLDERS.map((folder) => makeFolder(join(root, folder))));
  return { root };
}

/** The files of the given shelves, oldest first. */
export async function listSlips(spool: Spool, shelves: readonly Shelf[] = SHELVES): Promise<Slip[]> {
  const found = await Promise.all(
    shelves.map(async (shelf) =>
      (await listNames(join(spool.root, shelf))).flatMap((name): Slip[] => {
        const id = NAME.exec(name)?.[1];
        return id === undefined ? [] : [{ shelf, name, id }];
      }),
    ),
  );
  // A number of nine digits comes after one of eight.
  return found.flat().sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1));
}

/** Reads an event; null when it has moved on. What is no event of ours goes to `bad`, kept for a human. */
async function readEvent(spool: Spool, { shelf, name }: Slip): Promise<PushEvent | null> {
  const path = join(spool.root, shelf, name);
  try {
    const text = await readText(path, EVENT_LIMIT);
    if (text === null) return null;
    const value: unknown = JSON.parse(text);
    // Under another name than its own it would be sent, and never leave its place.
    if (isEvent(value) && fileName(value) === name) return value;
  } catch (error) {
    const isOdd = error instanceof SyntaxError || error instanceof RangeError || hasCode(error, 'EISDIR');
    if (!isOdd) throw error;
  }
  await orNull(rename(path, join(spool.root, 'bad', name)));
  return null;
}

/** Reads all events of the given shelves, oldest first. */
export async function readEvents(spool: Spool, shelves: readonly Shelf[] = SHELVES): Promise<PushEvent[]> {
  const slips = await listSlips(spool, shelves);
  // Between the two steps of a move an event is in both places; the later place counts.
  const final = new Set(slips.filter(({ shelf }) => shelf !== 'q').map(({ id }) => id));
  const events: PushEvent[] = [];
  for (const slip of slips) {
    const event = await readEvent(spool, slip);
    const isMoved = slip.shelf === 'q' && final.has(slip.id);
    if (event && !isMoved) events.push(event);
  }
  return events;
}

/** Reads an event again that was read before: what was waiting then may have moved on. Null: it is final. */
export async function rereadEvent(spool: Spool, { seq, id }: PushEvent): Promise<PushEvent | null> {
  return await readEvent(spool, { shelf: 'q', name: fileName({ seq, id }), id });
}

/** Writes a new event, or the next state of one that is not final. Durable when it returns. */
export async function saveEvent(spool: Spool, event: PushEvent): Promise<void> {
  await writeAtomic(join(spool.root, 'q', fileName(event)), JSON.stringify(event));
}

/**
 * Moves an event to where final ones are. At no instant is it nowhere.
 *
 * @param options.durable false for what nobody would miss: a push that no rule asks for
 */
export async function finishEvent(
  spool: Spool,
  event: PushEvent,
  options: { readonly durable: boolean } = { durable: true },
): Promise<void> {
  const shelf: Shelf = event.state === 'failed' || event.state === 'expired' ? 'dead' : 'done';
  const name = fileName(event);
  await writeAtomic(join(spool.root, shelf, name), JSON.stringify(event), options);
  if (await removeFile(join(spool.root, 'q', name))) await sync(join(spool.root, 'q'));
}

/** Completes moves that a crash has cut in two: what is final is no longer in `q`. */
export async function completeMoves(spool: Spool): Promise<void> {
  const final = new Set((await listSlips(spool, ['done', 'dead'])).map(({ name }) => name));
  for (const { name } of await listSlips(spool, ['q'])) {
    if (final.has(name)) await removeFile(join(spool.root, 'q', name));
  }
}

/** Events of final shelves that were finished since `sinceMs`, newest first: no more files are read than that. */
export async function readRecentlyFinished(spool: Spool, sinceMs: number): Promise<PushEvent[]> {
  const events: PushEvent[] = [];
  for (const shelf of ['done', 'dead'] as const) {
    for (const slip of (await listSlips(spool, [shelf])).toReversed()) {
      const info = await orNull(stat(join(spool.root, shelf, slip.name)));
      if (!info || info.mtimeMs < sinceMs) break;
      const event = await readEvent(spool, slip);
      if (event) events.push(event);
    }
  }
  return events;
}

/** What everything here relies on; the rest was written with it. */
function isEvent(value: unknown): value is PushEvent {
  return (
    isRecord(value) &&
    value['v'] === 1 &&
    ['id', 'state', 'remote', 'url', 'ref', 'before', 'after'].every(
      (key) => typeof value[key] === 'string',
    ) &&
    ['seq', 'startedAt', 'endedAt'].every((key) => typeof value[key] === 'number') &&
    Array.isArray(value['attempts'])
  );
}

function fileName({ seq, id }: Pick<PushEvent, 'seq' | 'id'>): string {
  return `${String(seq).padStart(8, '0')}-${id}`;
}
