import { stored } from '../core/translate.ts';
import type { PushEvent } from '../event/push-event.ts';
import { finishEvent, reopenEvent } from '../spool/shelves.ts';
import type { RunContext } from './run-context.ts';

/** Takes an event out of what waits or has failed. Gives why not, or ''. Wants the intake. */
export async function discard(event: PushEvent, { spool }: RunContext): Promise<string> {
  switch (event.state) {
    case 'sending':
      return stored`it is being sent right now; look again in a moment`;
    case 'delivered':
    case 'superseded':
    case 'skipped':
      return stored`it is ${event.state}: nothing waits`;
    case 'failed':
    case 'expired':
      await reopenEvent(spool, event);
      break;
    default:
      break;
  }
  const reason =
    event.state === 'ambiguous'
      ? stored`discarded by you; whether it was built is not known`
      : stored`discarded by you`;
  await finishEvent(spool, { ...event, state: 'skipped', hold: null, reason });
  return '';
}
