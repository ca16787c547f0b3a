import type { PushEvent } from '../event/push-event.ts';
import type { ConfirmedUpdate } from './fan-out.ts';

/** A push of a ref as far as merging goes: an event, or an update of a note that is not settled. */
export interface Sighting {
  readonly url: string;
  readonly ref: string;
  readonly before: string;
  readonly startedAt: number;
}

/**
 * Whether an update is another sighting of a push that already has its events: two hooks saw one push, or of
 * two terminals that pushed the same commit at once one was refused. A to B, back by force and A to B again are
 * three pushes, however fast: between the first and the last, one was made whose old value is B.
 *
 * @param others every sighting that may lie between, settled or not
 */
export function isAlreadySeen(
  { update, url, startedAt, endedAt, evidence, pushProcess, noteId }: ConfirmedUpdate,
  events: readonly PushEvent[],
  others: readonly Sighting[],
): boolean {
  return events.some((event) => {
    const isSame =
      event.noteId !== noteId &&
      event.source === 'push' &&
      event.url === url &&
      event.ref === update.ref &&
      event.before === update.before &&
      (event.tag ?? event.after) === update.after;
    if (!isSame) return false;
    if (pushProcess !== null && event.pushProcess === pushProcess) return true;
    // Git itself has said of both that they were accepted.
    if (evidence === 'transaction' && event.evidence === 'transaction') return false;
    const isOverlapping = event.startedAt <= endedAt && startedAt <= event.endedAt;
    const [from, to] = [Math.min(event.startedAt, startedAt), Math.max(event.startedAt, startedAt)];
    const isUndoneBetween = others.some(
      (other) =>
        other.url === url &&
        other.ref === update.ref &&
        other.before === update.after &&
        other.startedAt > from &&
        other.startedAt < to,
    );
    return isOverlapping && !isUndoneBetween;
  });
}
