import type { PushEvent } from '../event/push-event.ts';
import { unapproved } from '../event/unapproved.ts';
import type { Clock } from '../platform/effects.ts';
import { withIntakeLock } from './intake-lock.ts';
import { eachEvent, settleEvent } from './shelves.ts';
import type { Spool } from './spool.ts';

/**
 * Has what waits to be sent wait for an approval. What may have been sent already goes its way. False: another process
 * held the queue for too long.
 */
export async function holdWaiting(spool: Spool, clock: Clock): Promise<boolean> {
  return await withIntakeLock(spool, clock, async () => {
    for await (const event of eachEvent(spool, ['q'])) {
      if (event.job !== null && isUnsent(event))
        await settleEvent(spool, { ...event, ...unapproved(event.job) });
    }
  });
}

function isUnsent({ state, hold }: PushEvent): boolean {
  return state === 'queued' || (state === 'held' && (hold === 'login' || hold === 'permission'));
}
