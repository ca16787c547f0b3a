import type { PushEvent } from '../event/push-event.ts';
import type { Entry } from './entry.ts';

/** The lane of an event: what goes to one job for one ref of one remote keeps its order. */
export function laneOf({ job, remote, ref }: Pick<PushEvent, 'job' | 'remote' | 'ref'>): string {
  return JSON.stringify([job?.id ?? '', remote, ref]);
}

/** Whether an event keeps later ones of its lane waiting: what is held waits for its user, and nobody for it. */
export function isInLine({ state }: Pick<Entry, 'state'>): boolean {
  return state === 'queued' || state === 'ambiguous' || state === 'sending';
}

/**
 * Which event of a lane is the first: in the order of the pushes, which the values of the ref tell better than
 * a clock that was set meanwhile. Values that go in a circle (to and fro by force) tell nothing; then it is the
 * order in which the pushes were begun.
 */
export function firstInLine(lane: readonly Entry[]): Entry | null {
  const ordered = lane.toSorted((a, b) => a.startedAt - b.startedAt || a.seq - b.seq);
  const hasPredecessor = (entry: Entry) =>
    ordered.some((other) => other !== entry && other.after === entry.before && other.after !== entry.after);
  return ordered.find((entry) => !hasPredecessor(entry)) ?? ordered[0] ?? null;
}

/** The farthest that a wait is ever set: what lies beyond was set by a clock that was wrong. */
const FARTHEST_MS = 24 * 3_600_000;

/** Whether the time `at` has come, or cannot be meant (the clock was set back); null: always. */
export function isReached(at: number | null, now: number): boolean {
  return at === null || at <= now || at - now > FARTHEST_MS;
}
