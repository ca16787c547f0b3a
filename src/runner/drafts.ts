import { mapSome } from '../core/map-some.ts';
import { stored } from '../core/translate.ts';
import { type StoredNote, noteIdOf, pushProcessOf } from '../push/notes.ts';
import { type ConfirmedUpdate, type DraftEvent, fanOut } from './fan-out.ts';
import { capTriggers } from './intake.ts';
import { type Place, resolveConfig } from './place.ts';
import type { RunContext } from './run-context.ts';
import type { Look, OpenVerdict } from './settle.ts';

/** Of each, a few processes of git; thousands of refs may be pushed at once. */
const UPDATES_AT_ONCE = 4;
const SOURCES = { 'pre-push': 'push', 'post-push': 'manual', 'post-receive': 'receive' } as const;

/** An update of a note, with what its events need to know of the push. */
export function confirmedUpdate(
  storedNote: StoredNote,
  { endedAt }: Look,
  { update, evidence, log }: Pick<ConfirmedUpdate, 'update' | 'evidence' | 'log'>,
): ConfirmedUpdate {
  const { note, startedAt } = storedNote;
  return {
    update,
    evidence,
    ...(log === undefined ? {} : { log }),
    source: SOURCES[note.hook],
    noteId: noteIdOf(storedNote),
    startedAt,
    endedAt,
    pushProcess: pushProcessOf(storedNote),
    remote: note.remote,
    url: note.url,
    siblings: note.updates,
  };
}

/** The events of confirmed updates, by the config as it is now. */
export async function draftEvents(
  confirmed: readonly ConfirmedUpdate[],
  place: Place,
  { commonDir, effects }: RunContext,
): Promise<DraftEvent[]> {
  const [first] = confirmed;
  if (!first) return [];
  const resolved = await resolveConfig(place, commonDir, effects.env, first.update.after);
  const made = await mapSome(confirmed, UPDATES_AT_ONCE, (update) => fanOut(update, place, resolved));
  const drafts = made.flat();
  const { config } = resolved.loaded;
  return config ? capTriggers(drafts, config['max-triggers-per-push']) : drafts;
}

/** What stayed unconfirmed for too long is told of once, and triggers nothing. */
export async function expiredDrafts(
  note: StoredNote,
  look: Look,
  open: readonly OpenVerdict[],
  { place, run }: { readonly place: Place; readonly run: RunContext },
): Promise<DraftEvent[]> {
  const { commonDir, effects } = run;
  const resolved = await resolveConfig(place, commonDir, effects.env, null);
  const withoutJobs = { ...resolved, loaded: { path: null, config: null, problems: [] } };
  const drafts = await mapSome(open, UPDATES_AT_ONCE, async ({ update, reason }): Promise<DraftEvent[]> => {
    const confirmed = confirmedUpdate(note, look, { update, evidence: 'remote' });
    const made = await fanOut(confirmed, place, withoutJobs);
    return made.map((draft) => ({
      ...draft,
      state: 'expired',
      hold: null,
      reason: stored`never confirmed: ${reason}`,
    }));
  });
  return drafts.flat();
}
