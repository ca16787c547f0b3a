import type { Evidence } from './confirm.ts';

/** A push of one ref as far as telling it from others goes: an update of a note, or an event. */
export interface Sighting {
  readonly url: string;
  readonly ref: string;
  readonly before: string;
  readonly after: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The process `git push`; null: not known. */
  readonly pushProcess: string | null;
}

/** Another one. */
export interface Rival extends Sighting {
  /** How it is known to have been accepted; null: it is not settled. */
  readonly evidence: Evidence | null;
  /** When it was seen to have ended; null: it is not settled. */
  readonly endedAt: number | null;
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
 * How many other pushes may have written an entry of this value into the log since the second in which this push
 * began: dates there have no finer grain.
 */
export function countRivals(own: Sighting, rivals: readonly Rival[]): number {
  return rivals.filter(
    (rival) =>
      isOfSameRef(rival, own) &&
      rival.after === own.after &&
      rival.startedAt >= secondOf(own.startedAt) &&
      // Of those that are not, it is known that they found none of theirs.
      (rival.evidence === null || rival.evidence === 'reflog' || rival.evidence === 'transaction') &&
      !isRepeatedBy(own, rival, rivals),
  ).length;
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
