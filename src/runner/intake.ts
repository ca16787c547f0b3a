import { join } from 'node:path';
import type { PushEvent } from '../event/push-event.ts';
import { type Lock, waitForLock } from '../spool/lock.ts';
import { takeNumbers } from '../spool/sequence.ts';
import { finishEvent, listSlips, saveEvent } from '../spool/spool.ts';
import type { DraftEvent } from './fan-out.ts';
import type { RunContext } from './run-context.ts';

const PATIENCE_MS = 60_000;

/**
 * Does something to the intake of the spool while nobody else does: the choice of what is new, the order of
 * arrival, the cursors. False: another held it for too long; nothing is lost, what there is stays for later.
 */
export async function withIntake(
  { spool, effects }: RunContext,
  work: () => Promise<void>,
): Promise<boolean> {
  const lock: Lock | null = await waitForLock(join(spool.root, 'lock', 'intake'), effects.clock, PATIENCE_MS);
  if (!lock) return false;
  try {
    await work();
    return true;
  } finally {
    await lock.release();
  }
}

/**
 * Puts events into the spool; durable when it returns. One that is there already, in whatever state, is left:
 * a crash repeats harmlessly. Wants the intake.
 */
export async function putEvents(
  { spool, bell }: RunContext,
  drafts: readonly DraftEvent[],
): Promise<PushEvent[]> {
  if (drafts.length === 0) return [];
  const present = new Set((await listSlips(spool)).map(({ id }) => id));
  const fresh = drafts.filter(({ id }) => !present.has(id));
  if (fresh.length === 0) return [];
  const first = await takeNumbers(spool, fresh.length);
  const events = fresh.map((draft, index): PushEvent => ({ ...draft, seq: first + index }));
  for (const event of events) {
    if (event.state === 'skipped') await finishEvent(spool, event, { durable: false });
    else if (event.state === 'queued' || event.state === 'held') await saveEvent(spool, event);
    else await finishEvent(spool, event);
  }
  bell.ring();
  return events;
}

/** Holds what is over the config's cap of builds that one push may start. */
export function capTriggers(drafts: readonly DraftEvent[], cap: number): DraftEvent[] {
  let count = 0;
  return drafts.map((draft) => {
    if (draft.state !== 'queued' && draft.hold !== 'untrusted' && draft.hold !== 'endpoint') return draft;
    count += 1;
    if (count <= cap) return draft;
    return { ...draft, state: 'held', hold: 'too-many', reason: `more than ${cap} builds from one push` };
  });
}
