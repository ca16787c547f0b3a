import { stored } from '../core/translate.ts';
import type { PushEvent } from '../event/push-event.ts';
import { isZeroOid } from '../core/oid.ts';
import { eachEvent, finishEvent, rereadEvent, settleEvent } from '../spool/shelves.ts';
import { byConfig } from './by-config.ts';
import { draftEvents } from './drafts.ts';
import { putEvents, withIntake } from './intake.ts';
import { openPlace, resolveConfig } from './place.ts';
import type { RunContext } from './run-context.ts';

/**
 * Looks again at what is held for the config's sake: it may be there now, valid, approved. Job ids and the
 * endpoint are taken from the config as it is now, by the job's name.
 */
export async function reviveHeld(run: RunContext): Promise<void> {
  const held: PushEvent[] = [];
  for await (const event of eachEvent(run.spool, ['q'])) if (isForConfig(event)) held.push(event);
  if (held.length === 0) return;
  await withIntake(run, async () => {
    for (const { seq, id } of held) {
      const event = await rereadEvent(run.spool, { seq, id });
      if (!event || !isForConfig(event)) continue;
      await (event.job === null ? giveJobs(event, run) : giveEndpoint(event, run));
    }
  });
  run.bell.ring();
}

function isForConfig({ state, hold }: PushEvent): boolean {
  return state === 'held' && (hold === 'config' || hold === 'untrusted' || hold === 'endpoint');
}

async function giveJobs(event: PushEvent, run: RunContext): Promise<void> {
  const place = await openPlace(event, run);
  const after = event.tag ?? event.after;
  const { loaded } = await resolveConfig(
    place,
    run.commonDir,
    run.effects.env,
    isZeroOid(after) ? null : after,
  );
  if (!loaded.config) return;
  const update = { ref: event.ref, before: event.before, after, localRef: null };
  const drafts = await draftEvents([{ ...event, update, siblings: [update] }], place, run);
  await putEvents(run, drafts);
  const isNew = drafts.some(({ id }) => id !== event.id);
  const reason = isNew ? stored`its jobs are known now` : (drafts[0]?.reason ?? null);
  await finishEvent(run.spool, { ...event, state: isNew ? 'superseded' : 'skipped', hold: null, reason });
}

async function giveEndpoint(event: PushEvent, run: RunContext): Promise<void> {
  const known = await byConfig(event, run);
  if (known) await settleEvent(run.spool, known);
}
