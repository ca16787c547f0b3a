import type { Evidence } from './confirm.ts';
import type { LogWord } from './evidence.ts';

/** A push of one ref as far as telling it from others goes: an update of a note, or an event. */
export interface Sighting {
  readonly url: string;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** When it was over; null: it is not, or nobody has seen when. */
  readonly endedAt: number | null;
  /** The process `git push`; null: not known. */
  readonly pushProcess: string | null;
}

/** Another one. */
export interface Rival extends Sighting {
  /** How it is known to have been accepted; null: it is not settled. */
  readonly evidence: Evidence | null;
}

/**
 * The first later push of the same value: what the remote has is then its doing, as long as nothing else speaks for
 * the earlier one. A push that is refused, vetoed or dry is often made again at once.
 */
export function repeatOf(own: Sighting, rivals: readonly Rival[]): Rival | null {
  const repeats = rivals.filter((rival) => isLater(rival, own) && rival.after === own.after);
  return repeats.toSorted((a, b) => a.startedAt - b.startedAt)[0] ?? null;
}

/** Whether a later push found the value at the remote, before it was pushed again. */
export function isSucceeded(own: Sighting, rivals: readonly Rival[]): boolean {
  const until = repeatOf(own, rivals)?.startedAt ?? Infinity;
  return rivals.some(
    (rival) => isLater(rival, own) && rival.before === own.after && rival.startedAt <= until,
  );
}

/**
 * Whether another push of the same old value shows that this one has not landed: of two such pushes the remote takes
 * one. One that began later found the old value still there, which a server that is slow may have changed since.
 *
 * @param isValueKnown whether the remote has been asked since, and has not this value
 */
export function isOutdone(own: Sighting, rivals: readonly Rival[], isValueKnown: boolean): boolean {
  return rivals.some((rival) => {
    if (!isOfSameRef(rival, own) || rival.before !== own.before || rival.after === own.after) return false;
    const isAccepted = rival.evidence !== null;
    if (isLater(rival, own)) return isAccepted || isValueKnown;
    return isAccepted && (rival.endedAt ?? 0) >= own.startedAt;
  });
}

/**
 * Whether a log speaks for this push, and not for another one of the same value: by its newest entry, whose time is
 * known, or by having more entries than there are others in the same seconds.
 */
export function speaksFor(own: Sighting, log: LogWord, rivals: readonly Rival[]): boolean {
  const others = rivals.filter(
    (rival) => isOfSameRef(rival, own) && rival.after === own.after && !isRepeatedBy(own, rival, rivals),
  );
  const { newestAt } = log;
  const mayBeTheirs = ({ startedAt, endedAt }: Rival, at: number): boolean =>
    startedAt <= at && at <= (endedAt ?? Infinity);
  if (newestAt !== null && !others.some((rival) => mayBeTheirs(rival, newestAt))) return true;
  const near = others.filter((rival) => isOfSameSeconds(rival, own));
  // Two hooks may have seen one of them.
  return log.pushes > new Set(near.map(({ pushProcess, startedAt }) => pushProcess ?? startedAt)).size;
}

/** Whether an earlier push, not settled, is the same as ours, and was not undone between: then it is ours that counts. */
function isRepeatedBy(own: Sighting, rival: Rival, rivals: readonly Rival[]): boolean {
  if (rival.evidence !== null || rival.startedAt > own.startedAt || rival.before !== own.before) return false;
  return !rivals.some(
    (each) =>
      isOfSameRef(each, own) &&
      each.before === own.after &&
      each.startedAt >= rival.startedAt &&
      each.startedAt <= own.startedAt,
  );
}

/** Dates in a log have no finer grain. */
function isOfSameSeconds(rival: Sighting, own: Sighting): boolean {
  return (
    secondOf(rival.startedAt) <= (own.endedAt ?? Infinity) &&
    secondOf(own.startedAt) <= (rival.endedAt ?? Infinity)
  );
}

/** The beginning of a second, in milliseconds. */
export function secondOf(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}

function isLater(rival: Sighting, own: Sighting): boolean {
  return isOfSameRef(rival, own) && rival.startedAt > own.startedAt;
}

/** Of the same process it is the same push, seen by another hook. */
function isOfSameRef(rival: Sighting, own: Sighting): boolean {
  const isSameProcess = own.pushProcess !== null && rival.pushProcess === own.pushProcess;
  return rival.url === own.url && rival.ref === own.ref && !isSameProcess;
}
