import { stripUrl } from '../core/redact.ts';
import { type Verdict, confirmUpdates } from '../push/confirm.ts';
import { type StoredNote, pushProcessOf, readTransaction } from '../push/notes.ts';
import type { Rival } from '../push/rivals.ts';
import { pushUrlsOf } from '../push/settings.ts';
import type { Place } from './place.ts';
import type { RunContext } from './run-context.ts';
import type { Look } from './settle.ts';
import { readSightings } from './sightings.ts';

/** What became of the updates of a note. Those that a tool has told us of are accepted: it knows. */
export async function confirmNote(
  stored: StoredNote,
  look: Look,
  { place, run }: { readonly place: Place; readonly run: RunContext },
): Promise<Verdict[]> {
  const { note, startedAt } = stored;
  if (note.hook !== 'pre-push') {
    return note.updates.map((update) => ({ kind: 'accepted', update, evidence: 'given' }));
  }
  const isAsked = run.preferences['verify-remote'] === 'auto';
  let rivals: Promise<readonly Rival[]> | null = null;
  // The deletion of what is not there changes nothing.
  const updates = note.updates.filter(({ before, after }) => before !== after);
  return await confirmUpdates(
    { ...note, updates },
    {
      git: place.git,
      commonDir: run.commonDir,
      settings: place.settings,
      env: run.effects.env,
      transaction: await readTransaction(stored),
      startedAt,
      endedAt: look.exactEnd,
      askUrl: isAsked ? () => urlToAsk(stored, place, run) : null,
      isFresh: look.isFresh,
      push: { url: note.url, pushProcess: pushProcessOf(stored) },
      // Once for all updates of the note, and after the remote was asked: what it says is older then.
      rivals: async () => await (rivals ??= readSightings(stored, run).then(({ others }) => others)),
    },
  );
}

/** With the credentials that git was given, if we still have them. */
async function urlToAsk(
  { note }: StoredNote,
  { git, settings }: Place,
  { ownUrl }: RunContext,
): Promise<string> {
  if (ownUrl !== null && stripUrl(ownUrl) === note.url) return ownUrl;
  if (!settings.remotes.some(({ name }) => name === note.remote)) return note.url;
  return (await pushUrlsOf(git, note.remote)).find((url) => stripUrl(url) === note.url) ?? note.url;
}
