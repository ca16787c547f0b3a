import type { BuildHistory, BuildRecord } from '../codearts/build-history.ts';
import { toUnicode } from '../core/bytes.ts';
import { shortRef } from '../core/ref.ts';
import { stored } from '../core/translate.ts';
import type { PushEvent } from '../event/push-event.ts';
import { LOOKS, backoffMs, lookDelayMs } from './backoff.ts';

/** What judging a look at the build history takes. */
export interface LookContext {
  readonly now: number;
  readonly random: () => number;
  /** Whether another event is known to have started that build. */
  readonly isTaken: (number: string) => boolean;
}

const DAY_MS = 86_400_000;
/** `Date` headers have whole seconds, and clocks drift. */
const SLACK_MS = 2000;

/** When the first attempt was made whose outcome nobody knows, milliseconds since 1970. */
export function openSince({ attempts, startedAt }: PushEvent): number {
  const open = attempts.filter(({ outcome }) => outcome === 'ambiguous').map(({ at }) => Date.parse(at));
  return open.length === 0 ? startedAt : Math.min(...open);
}

/**
 * What an event whose outcome is open becomes by a look at the build history: delivered, if the build is there;
 * queued again, if it is not at the third look or nobody can tell and the config says so; else still open.
 */
export function settleLook(event: PushEvent, history: BuildHistory, context: LookContext): PushEvent {
  const { now, random } = context;
  const settled = { ...event, nextAttemptAt: null, notBefore: null };
  const resend = (reason: string): PushEvent => ({ ...settled, state: 'queued', isResent: true, reason });
  switch (history.kind) {
    case 'builds': {
      const build = findBuild(event, history, context);
      if (build) return adopted(settled, build);
      const looks = event.looks + 1;
      if (looks >= LOOKS) return resend(stored`no build is in the history: sent again`);
      return { ...settled, looks, nextAttemptAt: now + lookDelayMs(looks) };
    }
    case 'forbidden':
      if (event.onUnknown === 'resend') return resend(stored`${history.reason}: sent again`);
      return {
        ...settled,
        state: 'held',
        hold: 'unknown',
        reason: stored`${event.reason ?? ''}, and ${history.reason}`,
      };
    case 'refused':
      return { ...settled, reason: stored`${history.reason}: whether it was built cannot be told yet` };
    case 'unreachable': {
      const delayMs = backoffMs(event.looks + 1, history.afterMs, random);
      return { ...event, nextAttemptAt: now + delayMs };
    }
  }
}

/**
 * The build that the open attempt has started: of the same commit, of the same ref where the record has one, no
 * other event's, and not older than the attempt. Of several the first.
 */
function findBuild(
  event: PushEvent,
  { builds, serverTime }: Extract<BuildHistory, { kind: 'builds' }>,
  { now, isTaken }: LookContext,
): BuildRecord | null {
  const serverNow = serverTime ?? now;
  const sentAt = openSince(event) + (serverNow - now) - SLACK_MS;
  // Sent in the future: our clock was wrong then. A build of this very commit on this very day is the best guess.
  const since = sentAt > serverNow ? serverNow - DAY_MS : sentAt;
  const found = builds.filter(
    ({ number, commitId, branch, startedAt }) =>
      commitId === event.after &&
      (branch === null || branch === toUnicode(shortRef(event.ref))) &&
      startedAt !== null &&
      startedAt >= since &&
      !isTaken(number),
  );
  return found.sort((a, b) => Number(a.startedAt) - Number(b.startedAt))[0] ?? null;
}

function adopted(event: PushEvent, { number, dailyNumber }: BuildRecord): PushEvent {
  return {
    ...event,
    state: 'delivered',
    reason: stored`the answer was lost; the build was found in the history`,
    build: { jobName: event.job?.id ?? '', number, dailyNumber },
  };
}
