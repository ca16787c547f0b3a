import { type Claim, type Cursors, cursorsAtEnd, readCursors, writeCursors } from '../push/cursors.ts';
import { type StoredNote, readNotes } from '../push/notes.ts';
import { pushUrlsOf } from '../push/settings.ts';
import { type Sweep, type SweptUpdate, sweepReflogs } from '../push/sweep.ts';
import { stripUrl } from '../core/redact.ts';
import { draftEvents } from './drafts.ts';
import { putEvents, withIntake } from './intake.ts';
import { type Place, openPlace } from './place.ts';
import { type RunContext, confirmedPush } from './run-context.ts';

/** A note whose push has become of what it has. */
export interface SettledNote extends StoredNote {
  /** When the push was seen to be over, milliseconds since 1970. */
  readonly endedAt: number;
}

/**
 * Lets a settled note explain what git has logged of its push, and turns what nothing explains into events:
 * pushes with `--no-verify`, or with a hook that was gone. Wants the intake.
 */
export async function claimAndSweep(
  run: RunContext,
  place: Place,
  settled: SettledNote | null,
): Promise<void> {
  const kept = await readCursors(run.stateDir);
  if (!kept) {
    await writeCursors(run.stateDir, await cursorsAtEnd(run.commonDir, place.git));
    return;
  }
  const cursors = settled ? { ...kept, claims: [...kept.claims, claimOf(settled)] } : kept;
  const sweep = await sweepUnclaimed(run, { cursors, place, settled });
  const remotes = new Set(sweep.updates.map(({ remote }) => remote));
  for (const remote of remotes)
    await putSwept(
      remote,
      sweep.updates.filter((update) => update.remote === remote),
      { place, run },
    );
  if (JSON.stringify(sweep.cursors) !== JSON.stringify(kept)) await writeCursors(run.stateDir, sweep.cursors);
}

/** Sweeps with the notes that were there before and after the logs were read: a push may have come in between. */
async function sweepUnclaimed(
  run: RunContext,
  { cursors, place, settled }: { cursors: Cursors; place: Place; settled: SettledNote | null },
): Promise<Sweep> {
  let notes = await readNotes(run.folders.notes, run.folders.bad);
  for (;;) {
    // What the other layer noted of the same push is explained with it: it must not put the sweep off.
    const open = notes.filter(({ name, note }) => name !== settled?.name && !isSamePush(note, settled));
    const sweep = await sweepReflogs(cursors, {
      commonDir: run.commonDir,
      git: place.git,
      settings: place.settings,
      now: run.effects.clock.now(),
      open: open.map(({ note, startedAt }) => ({ remote: note.remote, url: note.url, startedAt })),
    });
    const known = new Set(notes.map(({ name }) => name));
    const later = (await readNotes(run.folders.notes, run.folders.bad)).filter(
      ({ name }) => !known.has(name),
    );
    if (later.length === 0) return sweep;
    notes = [...notes, ...later];
  }
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
    await claimAndSweep(run, place, null);
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
  const drafts = await draftEvents(
    swept.map(({ update, identity, pushedAt }) => ({
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
  for (const { update, identity } of swept) {
    if (!put.some(({ noteId }) => noteId === identity)) continue;
    run.confirmed.push(confirmedPush(place, { remote, url, updates: [update] }));
  }
}

function claimOf({ note, startedAt, endedAt }: SettledNote): Claim {
  const updates = note.updates.map(({ ref, after }) => ({ ref, after }));
  return { remote: note.remote, url: note.url, startedAt, endedAt, updates };
}
