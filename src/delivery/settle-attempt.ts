import type { Outcome } from '../codearts/outcome.ts';
import type { PushEvent } from '../event/push-event.ts';
import { backoffMs } from './backoff.ts';

/** What an event becomes by the outcome of an attempt that has already been added to it. */
export function settleAttempt(
  event: PushEvent,
  outcome: Outcome,
  { now, random }: { readonly now: number; readonly random: () => number },
): PushEvent {
  const open = { ...event, nextAttemptAt: null, notBefore: null, hold: null };
  switch (outcome.kind) {
    case 'accepted':
      return { ...open, state: 'delivered', reason: null, build: outcome.build };
    case 'retry': {
      const delayMs = backoffMs(event.attempts.length, outcome.afterMs, random);
      const notBefore = outcome.afterMs > 0 ? now + outcome.afterMs : null;
      return { ...open, state: 'queued', reason: outcome.reason, nextAttemptAt: now + delayMs, notBefore };
    }
    case 'ambiguous':
      return { ...open, state: 'ambiguous', reason: outcome.reason };
    case 'held':
      return { ...open, state: 'held', hold: outcome.hold, reason: outcome.reason };
    case 'too-large':
      return shrink(open, outcome.reason);
    case 'rejected':
      return { ...open, state: 'failed', reason: outcome.reason };
  }
}

/** Sends again with the newest commit alone; what is still too large then has failed. */
function shrink(event: PushEvent, reason: string): PushEvent {
  const { payload } = event;
  if (!payload || payload.commits.length <= 1) return { ...event, state: 'failed', reason };
  return { ...event, state: 'queued', reason, payload: { ...payload, commits: payload.commits.slice(-1) } };
}
