import { type EventState, type Hold, type PushEvent, newValueOf } from '../event/push-event.ts';
import { fileName } from '../spool/stored-event.ts';
import { laneOf } from './lanes.ts';

/** What the delivery keeps in memory of an event that is not final: ten thousand may wait. */
export interface Entry {
  /** Of its file. */
  readonly name: string;
  readonly id: string;
  readonly seq: number;
  readonly lane: string;
  readonly jobId: string;
  readonly state: EventState;
  readonly hold: Hold | null;
  readonly startedAt: number;
  readonly nextAttemptAt: number | null;
  readonly notBefore: number | null;
  readonly attempts: number;
  /** The ref's value before and after the push: the order of pushes, whatever the clocks say. */
  readonly before: string;
  readonly after: string;
  /** What a build is of: two events of one job and commit are told apart by their builds alone. */
  readonly target: string;
  /** The gateway has asked for patience in general, not for this event alone. */
  readonly isThrottled: boolean;
}

/** The entry of an event. */
export function entryOf(event: PushEvent): Entry {
  const { id, seq, job, state, hold, startedAt, nextAttemptAt, notBefore, attempts, before } = event;
  return {
    name: fileName(event),
    id,
    seq,
    lane: laneOf(event),
    jobId: job?.id ?? '',
    state,
    hold,
    startedAt,
    nextAttemptAt,
    notBefore,
    attempts: attempts.length,
    before,
    after: newValueOf(event),
    target: `${job?.id ?? ''} ${event.after}`,
    isThrottled: attempts.at(-1)?.httpStatus === 429,
  };
}
