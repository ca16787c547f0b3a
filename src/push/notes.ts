import { join } from 'node:path';
import { type Note, parseNote } from '../hook/note.ts';
import { type TransactionLine, parseTransaction } from '../hook/reference-transaction.ts';
import {
  hasCode,
  listNames,
  orNull,
  readText,
  removeFile,
  rename,
  stat,
  sync,
  tryReadText,
} from '../platform/files.ts';
import { isRunning, isShellRunning } from '../platform/processes.ts';

/** A note in its folder (`notes/` or `in/`). */
export interface StoredNote {
  readonly folder: string;
  /** `<ppid>.<pid>[.n]` of the shim that wrote it. */
  readonly name: string;
  readonly note: Note;
  /** When it was written, milliseconds since 1970: the push had not begun to send. */
  readonly startedAt: number;
}

const NAME = /^\d+\.\d+(?:\.\d+)?$/;
const SIZE_LIMIT = 64 * 1024 * 1024;

/** The names of the notes in a folder. */
export async function noteNames(folder: string): Promise<string[]> {
  return (await listNames(folder)).filter((name) => NAME.test(name));
}

/**
 * Reads one note; null when another run has settled it meanwhile. One that cannot be read is moved to `bad`
 * once its writer is gone, kept for a human, and counts as not there.
 *
 * @param bad the folder for what cannot be read
 */
export async function readNote(folder: string, name: string, bad: string): Promise<StoredNote | null> {
  const read = await readWritten(folder, name);
  if (read !== 'odd') return read;
  const writer = Number(name.split('.')[1]);
  const path = join(folder, name);
  const info = await orNull(stat(path));
  if (!info || isShellRunning({ pid: writer, start: '', boot: null }, info.mtimeMs)) return null;
  // It may have ended its note since we read it.
  const ended = await readWritten(folder, name);
  if (ended !== 'odd') return ended;
  await orNull(rename(path, join(bad, name)));
  return null;
}

/** Null: it is gone, or another user's. `odd`: it is no note, or not yet. */
async function readWritten(folder: string, name: string): Promise<StoredNote | 'odd' | null> {
  const path = join(folder, name);
  const info = await orNull(stat(path));
  if (!info) return null;
  try {
    const text = await readText(path, SIZE_LIMIT);
    return text === null ? null : { folder, name, note: parseNote(text), startedAt: info.mtimeMs };
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM')) return null; // of root: `sudo git push`
    if (error instanceof SyntaxError || error instanceof RangeError || hasCode(error, 'EISDIR')) return 'odd';
    throw error;
  }
}

/** All notes of a folder that can be read, oldest first. */
export async function readNotes(folder: string, bad: string): Promise<StoredNote[]> {
  const found = await Promise.all((await noteNames(folder)).map((name) => readNote(folder, name, bad)));
  return found.filter((note) => note !== null).sort((a, b) => a.startedAt - b.startedAt);
}

/** What the ids of a note's events are made from. Process ids come again; with the time they do not. */
export function noteIdOf({ name, startedAt }: StoredNote): string {
  return `${name}@${Math.round(startedAt)}`;
}

/** The process that pushed, `pid start boot`; null where it could not be found. */
export function pushProcessOf({ note: { push, boot } }: StoredNote): string | null {
  return push && `${push.pid} ${push.start} ${boot ?? ''}`;
}

/** Whether the push that the note is of has ended. Where the push could not be found, nobody can tell: false. */
export function isPushOver({ note }: StoredNote): boolean {
  if (note.hook !== 'pre-push') return true;
  return note.push !== null && !isRunning({ ...note.push, boot: note.boot });
}

/** Whether the watcher of this note, or the runner that it has become, is still there to settle it. */
export async function isWatched({ folder, name, note }: StoredNote): Promise<boolean> {
  const path = join(folder, `${name}.watch`);
  const info = await orNull(stat(path));
  if (!info) return false;
  const [pid = '0', start = ''] = ((await tryReadText(path, 4096)) ?? '').trim().split(/\s+/);
  return isShellRunning({ pid: Number(pid), start, boot: note.boot }, info.mtimeMs);
}

/** When the push was over, as its watcher has written down; null: it is not, or nobody has seen it. */
export async function endOf({ folder, name, startedAt, note }: StoredNote): Promise<number | null> {
  if (note.hook !== 'pre-push') return startedAt;
  const path = join(folder, `${name}.watch`);
  const isOver = ((await tryReadText(path, 4096)) ?? '').endsWith('\nover\n');
  return isOver ? ((await orNull(stat(path)))?.mtimeMs ?? null) : null;
}

/** What the reference-transaction shim recorded for a note. */
export async function readTransaction({ folder, name }: StoredNote): Promise<TransactionLine[]> {
  return parseTransaction((await tryReadText(join(folder, `${name}.rt`), SIZE_LIMIT)) ?? '');
}

/** Removes a settled note with all that belongs to it, itself last: until then it will be settled again. */
export async function removeNote({ folder, name }: StoredNote): Promise<void> {
  for (const suffix of ['.rt', '.watch', '']) await removeFile(join(folder, name + suffix));
  await sync(folder);
}
