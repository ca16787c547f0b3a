import type { Outcome } from '../codearts/outcome.ts';
import { stored } from '../core/translate.ts';
import type { PushEvent } from '../event/push-event.ts';
import { paced } from '../core/pace.ts';
import { backoffMs, lookDelayMs } from './backoff.ts';

/** What an event becomes by the outcome of an attempt that has already been added to it. */
export function settleAttempt(
  event: PushEvent,
  outcome: Outcome,
  { now, random }: { readonly now: number; readonly random: () => number },
): PushEvent {
  const open = { ...event, nextAttemptAt: null, notBefore: null, hold: null };
  switch (outcome.kind) {
    case 'accepted':
      return { ...open, state: 'delivered', reason: resentNote(event), build: outcome.build };
    case 'retry': {
      const delayMs = backoffMs(event.attempts.length, outcome.afterMs, random);
      const notBefore = outcome.afterMs > 0 ? now + paced(outcome.afterMs) : null;
      return { ...open, state: 'queued', reason: outcome.reason, nextAttemptAt: now + delayMs, notBefore };
    }
    case 'ambiguous':
      return {
        ...open,
        state: 'ambiguous',
        reason: outcome.reason,
        looks: 0,
        nextAttemptAt: now + lookDelayMs(0),
      };
    case 'held':
      return { ...open, state: 'held', hold: outcome.hold, reason: outcome.reason };
    case 'too-large':
      return shrink(open, outcome.reason);
    case 'rejected':
      return { ...open, state: 'failed', reason: outcome.reason };
  }
}

function resentNote({ isResent }: PushEvent): string | null {
  return isResent ? stored`sent again after an answer was lost: it may have been built twice` : null;
}

/** Sends again with the newest commit alone; what is still too large then has failed. */
function shrink(event: PushEvent, reason: string): PushEvent {
  const { payload } = event;
  if (!payload || payload.commits.length <= 1) return { ...event, state: 'failed', reason };
  return { ...event, state: 'queued', reason, payload: { ...payload, commits: payload.commits.slice(-1) } };
}
