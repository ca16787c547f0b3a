import { stored } from '../core/translate.ts';
import { type PushEvent, isFinal } from '../event/push-event.ts';
import type { Authorizer } from '../codearts/authorize.ts';
import type { Effects } from '../platform/effects.ts';
import { withIntakeLock } from '../spool/intake-lock.ts';
import { completeMoves, eachEvent, listSlips, rereadEvent, settleEvent } from '../spool/shelves.ts';
import type { Spool } from '../spool/spool.ts';
import { isUnchanged } from '../spool/stored-event.ts';
import { checkAccess } from './access.ts';
import { lookDelayMs } from './backoff.ts';
import type { Probes } from './probes.ts';
import { Waiting } from './waiting.ts';

/** What a delivery begins with. */
export interface PrepareOptions {
  readonly authorizer: Authorizer;
  /** What was refused is tried once more, and not only what was never sent. */
  readonly isWake: boolean;
  readonly probes: Probes;
}

const EXPIRY_MS = 72 * 3_600_000;

/**
 * Reads the queue and puts right what an earlier process has left, or time has changed: moves cut in two, requests
 * whose process died, what is too old, what may have its credentials now.
 */
export async function prepareQueue(
  spool: Spool,
  options: PrepareOptions,
  { clock }: Pick<Effects, 'clock'>,
): Promise<Waiting> {
  const waiting = new Waiting(spool);
  // Nothing to put right: the build of a push waits for this.
  if ((await listSlips(spool, ['q'])).length === 0) return waiting;
  await withIntakeLock(spool, clock, async () => {
    await completeMoves(spool);
    for await (const event of eachEvent(spool, ['q'])) {
      const next = mended(event, clock.now()) ?? (await revived(event, options)) ?? event;
      if (next !== event || isFinal(event)) await settleEvent(spool, next);
      if (!isFinal(next)) waiting.put(next);
    }
  });
  return waiting;
}

/** Tries once more what is held for credentials or rights: somebody has asked the process that delivers to. */
export async function reviveWaiting(
  waiting: Waiting,
  spool: Spool,
  options: PrepareOptions,
  { clock }: Pick<Effects, 'clock'>,
): Promise<void> {
  for (const entry of [...waiting.entries()].filter(({ hold }) => hold !== null)) {
    const event = await rereadEvent(spool, entry);
    // Outside of the intake: a program of the user's may be asked.
    const next = event && (await revived(event, options));
    if (!next) continue;
    await withIntakeLock(spool, clock, async () => {
      if (!isUnchanged(await rereadEvent(spool, entry), event)) return;
      await settleEvent(spool, next);
      waiting.put(next);
    });
  }
}

/** What time and crashes make of an event; null: nothing. */
function mended(event: PushEvent, now: number): PushEvent | null {
  if (!isFinal(event) && now - event.queuedAt > EXPIRY_MS) {
    const reason =
      event.reason === null
        ? stored`not delivered within three days`
        : stored`not delivered within three days: ${event.reason}`;
    return { ...event, state: 'expired', hold: null, reason };
  }
  if (event.state !== 'sending') return null;
  return {
    ...event,
    state: 'ambiguous',
    reason: stored`the process that sent it was killed`,
    looks: 0,
    nextAttemptAt: now + lookDelayMs(0),
  };
}

/** What waited for credentials or rights may have them now: a wake tries it once more. Null: it stays as it is. */
async function revived(
  event: PushEvent,
  { authorizer, isWake, probes }: PrepareOptions,
): Promise<PushEvent | null> {
  if (event.state !== 'held' || (event.hold !== 'login' && event.hold !== 'permission')) return null;
  const held = await checkAccess(event, authorizer);
  if (held) {
    const { hold, reason } = held;
    // What is missing may be something else by now; what the service has said stands.
    return event.attempts.length === 0 && reason !== event.reason ? { ...event, hold, reason } : null;
  }
  if (event.attempts.length > 0 && !(isWake && probes.mayPass(event))) return null;
  return { ...event, state: 'queued', hold: null, reason: null, nextAttemptAt: null };
}
