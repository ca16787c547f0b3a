import type { BuildInfo } from '../../codearts/build-info.ts';
import { consoleUrl } from '../../codearts/console-url.ts';
import type { PushEvent } from '../../event/push-event.ts';

/** How a build that was watched has ended, or why it is watched no longer. */
export type WatchEnd =
  | 'succeeded'
  | 'failed'
  /** No build was started, and none will be. */
  | 'nothing'
  /** It may still come to an end. */
  | 'pending'
  /** The service does not take our credentials. */
  | 'refused';

/** A trigger that is watched, from its delivery to the end of its build. Changes while it is watched. */
export interface WatchItem {
  event: PushEvent;
  /** What the service says of its build; null: nothing yet. */
  info: BuildInfo | null;
  /** Why that cannot be known just now. */
  problem: string | null;
  end: WatchEnd | null;
  /** Milliseconds since 1970. */
  endedAt: number | null;
}

/** An event that begins to be watched. */
export function watchItem(event: PushEvent): WatchItem {
  return { event, info: null, problem: null, end: null, endedAt: null };
}

/** Ends an item, once. */
export function endItem(item: WatchItem, end: WatchEnd, now: number): void {
  item.end = end;
  item.endedAt = now;
}

/** Since when the service has had it: its build waits or runs since then. Milliseconds since 1970. */
function startOf({ event }: WatchItem): number {
  const accepted = event.attempts.findLast(({ outcome }) => outcome === 'accepted') ?? event.attempts.at(-1);
  if (!accepted) return event.startedAt;
  return Date.parse(accepted.at) + (accepted.durationMs ?? 0);
}

/** How long the service has had it, or has had it until its end. */
export function elapsedMs(item: WatchItem, now: number): number {
  return Math.max((item.endedAt ?? now) - startOf(item), 0);
}

/** The build's page in the console; null where it is not known. */
export function pageOf({ event, info }: WatchItem): string | null {
  const { build, endpoint, job } = event;
  if (!build || endpoint === null || job === null) return null;
  return consoleUrl({ endpoint, jobId: job.id, number: build.number }, info?.projectId ?? null);
}
