import type { PushEvent } from '../event/push-event.ts';

/** The lane of an event: what goes to one job for one ref of one remote keeps its order. */
export function laneOf({ job, remote, ref }: PushEvent): string {
  return JSON.stringify([job?.id ?? '', remote, ref]);
}

/** The first waiting event of each lane, in the order in which they were pushed. */
export function laneHeads(events: readonly PushEvent[]): PushEvent[] {
  const heads = new Map<string, PushEvent>();
  const ordered = events
    .filter(({ state }) => state === 'queued')
    .sort((a, b) => a.startedAt - b.startedAt || a.seq - b.seq);
  for (const event of ordered) {
    const lane = laneOf(event);
    if (!heads.has(lane)) heads.set(lane, event);
  }
  return [...heads.values()];
}

/** Whether its back-off is over. */
export function isDue({ nextAttemptAt }: PushEvent, now: number): boolean {
  return nextAttemptAt === null || nextAttemptAt <= now;
}
