import { stored } from '../core/translate.ts';
import { type PushEvent, isFinal } from '../event/push-event.ts';
import { reopenEvent, saveEvent } from '../spool/shelves.ts';
import { byConfig } from './by-config.ts';
import type { RunContext } from './run-context.ts';

/**
 * Puts an event back to the start of the queue, whatever has become of it: the job's id and the endpoint are taken
 * from the config as it is now, by the job's name. Gives why not, or ''. Wants the intake.
 */
export async function redeliver(event: PushEvent, run: RunContext): Promise<string> {
  const { spool, effects } = run;
  if (event.state === 'sending') return stored`it is being sent right now; look again in a moment`;
  if (event.job === null || event.payload === null) {
    return stored`it has no job: ${event.reason ?? event.state}; see codearts-hooks trigger`;
  }
  const known = await byConfig(event, run);
  if (!known) return stored`no job in the config is called ${event.job.name} any more`;
  const again: PushEvent = {
    ...known,
    nextAttemptAt: null,
    notBefore: null,
    queuedAt: effects.clock.now(),
    looks: 0,
    isResent: event.isResent || event.state === 'ambiguous' || event.state === 'delivered',
    build: null,
  };
  if (isFinal(again)) return again.reason ?? stored`it cannot be sent`;
  if (isFinal(event)) await reopenEvent(spool, event);
  await saveEvent(spool, again);
  return '';
}
