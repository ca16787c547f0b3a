import { type StoredNote, endOf, isPushOver, isWatched, readNote, readNotes } from '../push/notes.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import type { RunContext } from './run-context.ts';
import { type Look, type OpenVerdict, lookAt, settleNote } from './settle.ts';

const SECOND = 1000;
const TURN_MS = 20;
/** For how long an earlier push is waited for that does not get on. */
const PATIENCE_MS = 5 * SECOND;
/** Further looks at a remote that has not changed: the server of a killed push may still be at work. */
const UNCHANGED_MS = [10 * SECOND];
const UNREACHABLE_MS = [5 * SECOND, 30 * SECOND, 120 * SECOND];
/** A push whose process cannot be found (GUI clients) may not be over at the first look. */
const UNWATCHED_MS = [0.3, 1, 2, 4, 8, 15, 30, 60, 120, 120].map((seconds) => seconds * SECOND);

/** Settles our own note, and looks again as long as that can help. What stays open waits for the next run. */
export async function settleOwn(folder: string, name: string, run: RunContext): Promise<void> {
  const stored = await readNote(folder, name, run.folders.bad);
  if (!stored) return;
  const { clock } = run.effects;
  const exactEnd = await endOf(stored);
  const endedAt = exactEnd ?? clock.now();
  await earlierSettled(stored, run);
  const isUnwatched = stored.note.hook === 'pre-push' && stored.note.push === null;
  const notes = [stored, ...(await siblingsOf(stored, run))];
  let unsettled = await settleEach(notes, { isFresh: true, endedAt, exactEnd }, run);
  for (let round = 0; unsettled.length > 0; round += 1) {
    const pauses = isUnwatched ? UNWATCHED_MS : pausesFor(unsettled.flatMap(({ open }) => open));
    const pauseMs = pauses[round];
    if (pauseMs === undefined) break;
    await clock.sleep(pauseMs);
    const isLast = round === pauses.length - 1;
    unsettled = await settleEach(
      await stillThere(unsettled, run),
      { isFresh: isUnwatched || !isLast, endedAt: isUnwatched ? clock.now() : endedAt, exactEnd },
      run,
    );
  }
  for (const each of unsettled) {
    for (const { update, reason } of each.open)
      await run.log(`${each.stored.name} ${update.ref} is unconfirmed: ${reason}`);
  }
}

/** What other hooks noted of the same push, without a watcher of their own: the other layer, other push URLs. */
async function siblingsOf({ name, note }: StoredNote, { folders }: RunContext): Promise<StoredNote[]> {
  if (note.push === null) return [];
  const { pid, start } = note.push;
  const isSibling = (other: StoredNote) =>
    other.name !== name &&
    other.note.push?.pid === pid &&
    other.note.push.start === start &&
    other.note.boot === note.boot;
  const siblings = (await readNotes(folders.notes, folders.bad)).filter(isSibling);
  const watched = await Promise.all(siblings.map(isWatched));
  return siblings.filter((_, index) => !watched[index]);
}

interface Unsettled {
  readonly stored: StoredNote;
  readonly open: readonly OpenVerdict[];
}

/** Of each that is open the note, but for those that a flush was faster to settle. */
async function stillThere(unsettled: readonly Unsettled[], run: RunContext): Promise<StoredNote[]> {
  const notes = unsettled.map(async ({ stored: { folder, name } }) =>
    readNote(folder, name, run.folders.bad),
  );
  return (await Promise.all(notes)).filter((note) => note !== null);
}

async function settleEach(notes: readonly StoredNote[], look: Look, run: RunContext): Promise<Unsettled[]> {
  const unsettled: Unsettled[] = [];
  for (const stored of notes) {
    const open = await settleNote(stored, look, run);
    if (open.length > 0) unsettled.push({ stored, open });
  }
  return unsettled;
}

/**
 * Lets the earlier pushes to the same refs go first, so that builds start in the order of the pushes: their runners,
 * but not for long, as they may be waiting for an answer of the remote; and what nobody watches any more. One whose old
 * value ours has found still there has come to nothing so far: nothing of it is to be built before.
 */
async function earlierSettled(own: StoredNote, run: RunContext): Promise<void> {
  const { clock } = run.effects;
  const values = new Map(own.note.updates.map(({ ref, before }) => [ref, before]));
  const isFed = own.note.hook !== 'pre-push';
  const isBefore = ({ ref, before }: RefUpdate): boolean =>
    values.has(ref) && (isFed || values.get(ref) !== before);
  let deadline = clock.now() + PATIENCE_MS;
  let left = Infinity;
  for (;;) {
    const notes = await allNotes(run);
    const isEarlier = ({ note, startedAt }: StoredNote) =>
      startedAt < own.startedAt && note.url === own.note.url && note.updates.some(isBefore);
    const earlier = notes.filter((stored) => isEarlier(stored) && isPushOver(stored));
    const watched = await Promise.all(earlier.map(isWatched));
    // Of many pushes at once each has its turn.
    if (earlier.length < left) deadline = clock.now() + PATIENCE_MS;
    left = earlier.length;
    if (!watched.includes(true) || clock.now() > deadline) {
      for (const stored of earlier.filter((_, index) => !watched[index])) await settleOther(stored, run);
      return;
    }
    await clock.sleep(TURN_MS);
  }
}

/** What the shims saw and what was fed in, in the order in which it was written. */
async function allNotes({ folders }: RunContext): Promise<StoredNote[]> {
  const seen = await readNotes(folders.notes, folders.bad);
  const fed = await readNotes(folders.fed, folders.bad);
  return [...seen, ...fed].sort((a, b) => a.startedAt - b.startedAt);
}

function pausesFor(open: readonly OpenVerdict[]): readonly number[] {
  if (open.some(({ why }) => why === 'unreachable')) return UNREACHABLE_MS;
  return open.some(({ why }) => why === 'unchanged') ? UNCHANGED_MS : [];
}

/** Settles what others have left: pushes whose watcher was killed or found no node, and what was fed in. */
export async function settleOthers(own: string | null, run: RunContext): Promise<void> {
  for (const stored of await allNotes(run)) {
    if (stored.name === own) continue;
    if (!(await isSomeoneElses(stored, own === null))) await settleOther(stored, run);
  }
}

async function settleOther(stored: StoredNote, run: RunContext): Promise<void> {
  try {
    await settleNote(stored, await lookAt(stored, run.effects.clock.now()), run);
  } catch (error) {
    // One that cannot be settled must not keep the others from it, run after run.
    await run.log(`${stored.name} cannot be settled: ${String(error)}`);
  }
}

/** Whoever asks for a flush wants to know now: no runner that sits out a pause is waited for. */
async function isSomeoneElses(stored: StoredNote, isFlush: boolean): Promise<boolean> {
  if (stored.note.push !== null && !isPushOver(stored)) return true;
  return !isFlush && (await isWatched(stored));
}
