import type { PushEvent } from '../event/push-event.ts';
import { finishEvent, reopenEvent } from '../spool/shelves.ts';
import type { RunContext } from './run-context.ts';

/** Takes an event out of what waits or has failed. Gives why not, or ''. Wants the intake. */
export async function discard(event: PushEvent, { spool }: RunContext): Promise<string> {
  switch (event.state) {
    case 'sending':
      return 'it is being sent right now; look again in a moment';
    case 'delivered':
    case 'superseded':
    case 'skipped':
      return `it is ${event.state}: nothing waits`;
    case 'failed':
    case 'expired':
      await reopenEvent(spool, event);
      break;
    default:
      break;
  }
  const open = event.state === 'ambiguous' ? '; whether it was built is not known' : '';
  await finishEvent(spool, { ...event, state: 'skipped', hold: null, reason: `discarded by you${open}` });
  return '';
}
