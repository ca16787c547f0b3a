import type { PushEvent } from '../event/push-event.ts';
import { type Rival, isSucceeded, repeatOf, speaksFor } from '../push/rivals.ts';
import type { ConfirmedUpdate } from './fan-out.ts';

/**
 * Whether an update is another sighting of a push that already has its events, or will have: two hooks saw one push,
 * of two terminals that pushed the same commit at once one was refused, or a push that was refused was made again and
 * taken before we looked. A to B, back by force and A to B again are three pushes, however fast: between the first and
 * the last, one was made whose old value is B.
 *
 * @param others every sighting that may lie between, settled or not
 */
export function isAlreadySeen(
  confirmed: ConfirmedUpdate,
  events: readonly PushEvent[],
  others: readonly Rival[],
): boolean {
  return events.some((event) => isSamePush(confirmed, event, others)) || isOfRepeat(confirmed, others);
}

function isSamePush(
  { update, url, startedAt, endedAt, evidence, pushProcess, noteId }: ConfirmedUpdate,
  event: PushEvent,
  others: readonly Rival[],
): boolean {
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
}

/** Whether what speaks for an update may speak for a later push of the same value instead. */
function isOfRepeat(
  { update, url, startedAt, endedAt, pushProcess, evidence, log }: ConfirmedUpdate,
  others: readonly Rival[],
): boolean {
  if (evidence !== 'reflog' && evidence !== 'remote') return false;
  const { ref, before, after } = update;
  const own = { url, ref, before, after, startedAt, endedAt, pushProcess };
  if (repeatOf(own, others) === null || isSucceeded(own, others)) return false;
  return log === undefined || !speaksFor(own, log, others);
}
