import type { PushEvent } from '../event/push-event.ts';
import { tryLock } from '../platform/lock.ts';
import { type Slip, listSlips, readSlip } from '../spool/shelves.ts';
import type { Spool } from '../spool/spool.ts';
import { Drain, type DrainContext, type DrainOptions, TICK_MS } from './drain.ts';
import { lockFolder } from './lock-folder.ts';
import { wakeOwner } from './wake.ts';

/** How to deliver, and for how long. */
export interface DeliverOptions extends DrainOptions {
  /** More may come while this is pending. */
  readonly until?: Promise<unknown>;
  /** How long to wait for another process that delivers, to see what becomes of what is queued; milliseconds. */
  readonly patienceMs: number;
}

/** Of a long queue no more is looked at, to see whether another process gets on with it. */
const WATCHED_AT_MOST = 50;

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
  let before = await watched(spool);
  let isComplete = options.until === undefined;
  for (let isFirst = true; ; isFirst = false) {
    const isAllIn = !isMoreToCome;
    if (isAllIn && !isComplete) {
      isComplete = true;
      before = withNew(before, await watched(spool));
    }
    const drain = await drainOnce(spool, options, { context, isMoreToCome: () => isMoreToCome });
    if (!drain && isFirst && options.isWake) await wakeOwner(spool);
    // What was queued after the owner's last look and before its release has found the lock taken.
    const isWaited = drain
      ? (await listSlips(spool, ['q'])).some(({ name }) => !drain.hasSeen(name))
      : clock.now() < givesUpAt && (await isUnsettled(spool, before, clock.now() < options.stayUntil));
    const mayEnd = drain ? !isMoreToCome : isAllIn;
    if (mayEnd && !isWaited) return;
    await clock.sleep(TICK_MS);
  }
}

/** Takes the lock and delivers; null when another process holds it. */
async function drainOnce(
  spool: Spool,
  options: DrainOptions,
  { context, isMoreToCome }: { readonly context: DrainContext; readonly isMoreToCome: () => boolean },
): Promise<Drain | null> {
  const lock = await tryLock(lockFolder(spool), context.clock);
  if (!lock) return null;
  const drain = new Drain(spool, lock, options, context);
  try {
    await drain.run(isMoreToCome);
    return drain;
  } finally {
    await lock.release();
  }
}

interface Watched {
  readonly slip: Slip;
  readonly attempts: number;
}

/** What has come since is new: one attempt of it is enough to have been tried. */
function withNew(before: readonly Watched[], now: readonly Watched[]): readonly Watched[] {
  const known = new Set(before.map(({ slip }) => slip.name));
  const fresh = now.filter(({ slip }) => !known.has(slip.name));
  return [...before, ...fresh.map(({ slip }) => ({ slip, attempts: 0 }))];
}

/** Some of what waits, with the attempts that it has had. */
async function watched(spool: Spool): Promise<readonly Watched[]> {
  const slips = (await listSlips(spool, ['q'])).slice(0, WATCHED_AT_MOST);
  const read = slips.map(async (slip) => ({ slip, event: await readSlip(spool, slip) }));
  return (await Promise.all(read)).flatMap(({ slip, event }) =>
    event && isUnfinished(event) ? [{ slip, attempts: event.attempts.length }] : [],
  );
}

/** Whether the owner has not yet tried all that was there, or is to be watched while it waits for retries. */
async function isUnsettled(spool: Spool, before: readonly Watched[], isStaying: boolean): Promise<boolean> {
  for (const { slip, attempts } of before) {
    const event = await readSlip(spool, slip);
    if (!event || !isUnfinished(event)) continue;
    if (isStaying || event.state === 'sending' || event.attempts.length === attempts) return true;
  }
  return false;
}

function isUnfinished({ state }: PushEvent): boolean {
  return state === 'queued' || state === 'sending';
}
