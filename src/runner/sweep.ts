import { type Claim, type Cursors, cursorsAtEnd, readCursors, writeCursors } from '../push/cursors.ts';
import { type StoredNote, endOf, readNotes } from '../push/notes.ts';
import { pushUrlsOf } from '../push/settings.ts';
import { type OpenPush, type Sweep, type SweptUpdate, sweepReflogs } from '../push/sweep.ts';
import { stripUrl } from '../core/redact.ts';
import type { PushEvent } from '../event/push-event.ts';
import { eachEvent, readRecentlyFinished } from '../spool/shelves.ts';
import { draftEvents } from './drafts.ts';
import { putEvents, withIntake } from './intake.ts';
import { type Place, openPlace } from './place.ts';
import { type RunContext, confirmedPush } from './run-context.ts';

/** How soon after a push that was killed the next one is expected. */
const TRACE_MS = 10 * 60_000;

/** A note whose push has become of what it has. */
export interface SettledNote extends StoredNote {
  /** When the push was seen to be over, milliseconds since 1970. */
  readonly endedAt: number;
  /** The refs whose updates were accepted, and are in no log. */
  readonly untraced: ReadonlySet<string>;
}

/**
 * Lets a settled note explain what git has logged of its push, and turns what nothing explains into events: pushes
 * with `--no-verify`, or with a hook that was gone. What went before the note's push is to be built before, what came
 * after it, after. Wants the intake.
 *
 * @param putOwn puts the events of the note
 */
export async function claimAndSweep<T>(
  run: RunContext,
  { place, settled }: { readonly place: Place; readonly settled: SettledNote | null },
  putOwn: () => Promise<T>,
): Promise<T> {
  const kept = await readCursors(run.stateDir);
  if (!kept) {
    const own = await putOwn();
    await writeCursors(run.stateDir, await cursorsAtEnd(run.commonDir, place.git));
    return own;
  }
  const claim = settled && claimOf(settled, run.effects.clock.now());
  const cursors = claim ? { ...kept, claims: [...kept.claims, claim] } : kept;
  const { updates, cursors: next } = await sweepUnclaimed(run, { cursors, place, settled, claim });
  await putAllSwept(
    updates.filter(({ isAfterSettled }) => !isAfterSettled),
    { place, run },
  );
  const own = await putOwn();
  await putAllSwept(
    updates.filter(({ isAfterSettled }) => isAfterSettled),
    { place, run },
  );
  if (JSON.stringify(next) !== JSON.stringify(kept)) await writeCursors(run.stateDir, next);
  return own;
}

interface Sweeping {
  readonly cursors: Cursors;
  readonly place: Place;
  readonly settled: SettledNote | null;
  readonly claim: Claim | null;
}

/** Sweeps with the notes that were there before and after the logs were read: a push may have come in between. */
async function sweepUnclaimed(run: RunContext, { cursors, place, settled, claim }: Sweeping): Promise<Sweep> {
  let notes = await readNotes(run.folders.notes, run.folders.bad);
  for (;;) {
    // What the other layer noted of the same push is explained with it: it must not put the sweep off.
    const others = notes.filter(({ name, note }) => name !== settled?.name && !isSamePush(note, settled));
    const sweep = await sweepReflogs(cursors, {
      commonDir: run.commonDir,
      git: place.git,
      settings: place.settings,
      now: run.effects.clock.now(),
      open: await Promise.all(others.map(openPush)),
      settled: claim,
    });
    const known = new Set(notes.map(({ name }) => name));
    const later = (await readNotes(run.folders.notes, run.folders.bad)).filter(
      ({ name }) => !known.has(name),
    );
    if (later.length === 0) return sweep;
    notes = [...notes, ...later];
  }
}

async function openPush(stored: StoredNote): Promise<OpenPush> {
  const { remote, url, updates } = stored.note;
  return {
    remote,
    url,
    startedAt: stored.startedAt,
    endedAt: await endOf(stored),
    refs: updates.map(({ ref }) => ref),
  };
}

function isSamePush({ push, boot, remote, url }: StoredNote['note'], settled: StoredNote | null): boolean {
  const other = settled?.note;
  return (
    push !== null &&
    other?.push?.pid === push.pid &&
    other.push.start === push.start &&
    other.boot === boot &&
    other.remote === remote &&
    other.url === url
  );
}

/** The sweep of a run that has no note of its own to settle. */
export async function sweepOnly(cwd: string, run: RunContext): Promise<void> {
  const place = await openPlace({ cwd, gitDir: '.git' }, run);
  await withIntake(run, async () => {
    await claimAndSweep(run, { place, settled: null }, async () => undefined);
  });
}

async function putAllSwept(
  updates: readonly SweptUpdate[],
  at: { readonly place: Place; readonly run: RunContext },
): Promise<void> {
  for (const remote of new Set(updates.map((update) => update.remote))) {
    const swept = updates.filter((update) => update.remote === remote);
    await putSwept(remote, swept, at);
  }
}

/**
 * Without those that tell of an event: a push that was accepted and left no entry, as its git was killed, is logged by
 * the next push of the same value, which has nothing to do.
 */
async function unknown(
  swept: readonly SweptUpdate[],
  url: string,
  { spool }: RunContext,
): Promise<SweptUpdate[]> {
  const events: PushEvent[] = [];
  for await (const event of eachEvent(spool, ['q'])) events.push(event);
  const since = Math.min(...swept.map(({ pushedAt }) => pushedAt));
  events.push(...(await readRecentlyFinished(spool, since - TRACE_MS)));
  return swept.filter(({ update, pushedAt }) => {
    const { ref, before, after } = update;
    return !events.some(
      (event) =>
        (event.evidence === 'remote' || event.evidence === 'successor') &&
        event.source === 'push' &&
        event.url === url &&
        event.ref === ref &&
        event.before === before &&
        (event.tag ?? event.after) === after &&
        event.startedAt < pushedAt + 1000 &&
        pushedAt < event.startedAt + TRACE_MS,
    );
  });
}

/** What was found of a remote is one push to the cap on triggers: nobody has asked for a hundred builds at once. */
async function putSwept(
  remote: string,
  swept: readonly SweptUpdate[],
  { place, run }: { readonly place: Place; readonly run: RunContext },
): Promise<void> {
  if (!place.settings.isEnabled) return;
  const url = stripUrl((await pushUrlsOf(place.git, remote))[0] ?? '');
  const endedAt = run.effects.clock.now();
  const news = await unknown(swept, url, run);
  const drafts = await draftEvents(
    news.map(({ update, identity, pushedAt }) => ({
      update,
      evidence: 'reflog',
      source: 'swept',
      noteId: identity,
      startedAt: pushedAt,
      endedAt,
      pushProcess: null,
      remote,
      url,
      siblings: [update],
    })),
    place,
    run,
  );
  const put = await putEvents(run, drafts);
  for (const { update, identity } of news) {
    if (!put.some(({ noteId }) => noteId === identity)) continue;
    run.confirmed.push(confirmedPush(place, { remote, url, updates: [update] }));
  }
}

function claimOf({ note, startedAt, endedAt, untraced }: SettledNote, now: number): Claim {
  const updates = note.updates.map(({ ref, after }) => ({
    ref,
    after,
    ...(untraced.has(ref) ? { until: now } : {}),
  }));
  return { remote: note.remote, url: note.url, startedAt, endedAt, updates };
}
