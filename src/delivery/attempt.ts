import type { Access } from '../codearts/authorize.ts';
import { type Outcome, judge } from '../codearts/outcome.ts';
import { parseReply } from '../codearts/reply.ts';
import { triggerRequest } from '../codearts/trigger.ts';
import { stored } from '../core/translate.ts';
import type { Attempt, PushEvent } from '../event/push-event.ts';
import { outsideText } from '../core/outside-text.ts';
import type { Clock } from '../platform/effects.ts';
import type { HttpResult } from '../platform/http.ts';

/** An event that can be sent: it has a job, an endpoint and a payload. */
export type SendableEvent = PushEvent & {
  readonly job: NonNullable<PushEvent['job']>;
  readonly endpoint: string;
  readonly payload: NonNullable<PushEvent['payload']>;
};

/** Whether everything is known that a request takes. */
export function isSendable(event: PushEvent): event is SendableEvent {
  return event.job !== null && event.endpoint !== null && event.payload !== null;
}

/** The attempt as it is recorded before the request leaves: should we die now, its outcome is open. */
export function startAttempt(at: number): Attempt {
  return {
    at: new Date(at).toISOString(),
    durationMs: null,
    httpStatus: null,
    errorCode: null,
    requestId: null,
    outcome: 'ambiguous',
  };
}

/** One that did not get as far as a request: there was nothing to send it with. */
export function unsentAttempt(at: number): Attempt {
  return { ...startAttempt(at), durationMs: 0, outcome: 'retry' };
}

/**
 * Sends the request of an event. Does not throw: a failure here is an outcome to record.
 *
 * @param isWanted asked last of all; false: nothing is sent, and the attempt has the code `NOT_WANTED`
 */
export async function attempt(
  event: SendableEvent,
  access: Extract<Access, { kind: 'ready' }>,
  { clock, isWanted }: { readonly clock: Clock; readonly isWanted: () => Promise<boolean> },
): Promise<{ readonly outcome: Outcome; readonly attempt: Attempt }> {
  const startedAt = clock.now();
  const request = triggerRequest(event.endpoint, event.job.id, event.payload, event.execute);
  const result = await access.send(request, isWanted);
  const outcome = blamed(judge(result), access.words());
  return {
    outcome,
    attempt: {
      at: new Date(startedAt).toISOString(),
      durationMs: clock.now() - startedAt,
      httpStatus: result.kind === 'reply' ? result.status : null,
      errorCode: result.kind === 'reply' ? parseReply(result.text).errorCode : result.code,
      requestId: requestIdOf(result),
      outcome: outcome.kind === 'too-large' ? 'rejected' : outcome.kind,
    },
  };
}

function requestIdOf(result: HttpResult): string | null {
  const id = result.kind === 'reply' ? result.headers['x-request-id'] : undefined;
  return id === undefined ? null : outsideText(id, 100);
}

/** Says whose credentials were refused: there are several places that they may be from. */
function blamed(outcome: Outcome, words: string): Outcome {
  if (outcome.kind !== 'held' || outcome.hold !== 'login') return outcome;
  return { ...outcome, reason: stored`${words} was refused: ${outcome.reason}` };
}
