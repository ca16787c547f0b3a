import { stored } from '../core/translate.ts';
import { type PushEvent, isFinal } from '../event/push-event.ts';
import { withIntakeLock } from '../spool/intake-lock.ts';
import { takeNumbers } from '../spool/sequence.ts';
import { eachEvent, finishEvent, listSlips, saveEvents } from '../spool/shelves.ts';
import type { DraftEvent } from './fan-out.ts';
import type { RunContext } from './run-context.ts';

/** Works on the intake of the run's spool: spool/intake-lock.ts. */
export async function withIntake(
  { spool, effects }: RunContext,
  work: () => Promise<void>,
): Promise<boolean> {
  return await withIntakeLock(spool, effects.clock, work);
}

/**
 * Puts events into the spool; durable when it returns. One that is there already, in whatever state, is left:
 * a crash repeats harmlessly. Wants the intake.
 */
export async function putEvents(run: RunContext, drafts: readonly DraftEvent[]): Promise<PushEvent[]> {
  const { spool, bell } = run;
  if (drafts.length === 0) return [];
  const present = new Set((await listSlips(spool)).map(({ id }) => id));
  const fresh = drafts.filter(({ id }) => !present.has(id));
  if (fresh.length === 0) return [];
  const first = await takeNumbers(spool, fresh.length);
  const events = fresh.map((draft, index): PushEvent => ({ ...draft, seq: first + index }));
  await supersede(events, run);
  await saveEvents(
    spool,
    events.filter((event) => !isFinal(event)),
  );
  for (const event of events.filter(isFinal)) {
    await finishEvent(spool, event, { durable: event.state !== 'skipped' });
  }
  bell.ring();
  return events;
}

/** A ref that was deleted is not built any more: what waits for it is superseded. */
async function supersede(events: readonly PushEvent[], { spool }: RunContext): Promise<void> {
  const deletions = events.filter(({ kind }) => kind === 'deleted');
  if (deletions.length === 0) return;
  for await (const waiting of eachEvent(spool, ['q'])) {
    const by = deletions.find(
      ({ url, ref, startedAt }) =>
        url === waiting.url && ref === waiting.ref && startedAt >= waiting.startedAt,
    );
    if (!by || (waiting.state !== 'queued' && waiting.state !== 'held')) continue;
    const reason = stored`its ref was deleted later (${by.id})`;
    await finishEvent(spool, { ...waiting, state: 'superseded', hold: null, reason });
  }
}

/** Holds what is over the config's cap of builds that one push may start. */
export function capTriggers(drafts: readonly DraftEvent[], cap: number): DraftEvent[] {
  let count = 0;
  return drafts.map((draft) => {
    if (draft.state !== 'queued' && draft.hold !== 'untrusted' && draft.hold !== 'endpoint') return draft;
    count += 1;
    if (count <= cap) return draft;
    return {
      ...draft,
      state: 'held',
      hold: 'too-many',
      reason: stored`more than ${cap} builds from one push`,
    };
  });
}
