import { stored } from '../core/translate.ts';
import type { PushEvent } from './push-event.ts';

/** What becomes of a trigger whose job the user has not approved. */
export function unapproved(job: { readonly name: string }): Pick<PushEvent, 'state' | 'hold' | 'reason'> {
  return {
    state: 'held',
    hold: 'untrusted',
    reason: stored`job ${job.name} is not approved on this machine`,
  };
}
