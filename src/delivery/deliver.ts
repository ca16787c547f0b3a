import type { PushEvent } from '../event/push-event.ts';
import { tryLock } from '../spool/lock.ts';
import { type Spool, readEvents } from '../spool/spool.ts';
import { Drain, type DrainContext, type DrainOptions, TICK_MS } from './drain.ts';
import { isDue, laneHeads } from './lanes.ts';
import { lockFolder } from './lock-folder.ts';
import { wakeOwner } from './wake.ts';

/** How to deliver, and for how long. */
export interface DeliverOptions extends DrainOptions {
  /** More may come while this is pending. */
  readonly until?: Promise<unknown>;
  /** How long to wait for another process that delivers, to see what becomes of what is queued; milliseconds. */
  readonly patienceMs: number;
}

/**
 * Delivers what is queued in a spool. One process does at a time: when another does already, it is asked to
 * try all that waits, and finds what we have put there.
 */
export async function deliver(spool: Spool, options: DeliverOptions, context: DrainContext): Promise<void> {
  const { clock } = context;
  let isMoreToCome = options.until !== undefined;
  const noMore = () => {
    isMoreToCome = false;
  };
  void options.until?.then(noMore, noMore);
  const givesUpAt = clock.now() + options.patienceMs;
  const before = new Map((await unfinished(spool)).map(({ id, attempts }) => [id, attempts.length]));
  const isUntried = (event: PushEvent) =>
    event.state === 'sending' || event.attempts.length === before.get(event.id);
  for (let isFirst = true; ; isFirst = false) {
    const lock = await tryLock(lockFolder(spool), clock);
    if (lock) {
      try {
        await new Drain(spool, lock, options, context).run(() => isMoreToCome);
      } finally {
        await lock.release();
      }
    } else if (isFirst && options.isWake) {
      await wakeOwner(spool);
    }
    const now = clock.now();
    const left = await unfinished(spool);
    // What was queued after the owner's last look and before its release has found the lock taken.
    const isLeft = laneHeads(left).some((event) => isDue(event, now));
    const isWaited = lock
      ? isLeft
      : now < givesUpAt && (isLeft || left.some(isUntried) || (left.length > 0 && now < options.stayUntil));
    if (!isMoreToCome && !isWaited) return;
    await clock.sleep(TICK_MS);
  }
}

async function unfinished(spool: Spool): Promise<PushEvent[]> {
  return (await readEvents(spool, ['q'])).filter(({ state }) => state === 'queued' || state === 'sending');
}
