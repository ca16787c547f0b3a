import { paced } from '../core/pace.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits that the background process sits out itself: about 13 minutes in all. */
const IN_PROCESS_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE];
/** Later ones: the next push, `flush` or `status` wakes the event earlier. */
const PARKED_MS = [30 * MINUTE, 2 * HOUR, 6 * HOUR, 12 * HOUR];
/** Waits before each look at the build history: what was started takes a moment to be seen there. */
const LOOKS_MS = [5 * SECOND, 30 * SECOND, 2 * MINUTE];

/** How often the build history is asked before the absence of a build counts. */
export const LOOKS: number = LOOKS_MS.length;

/**
 * How long to wait after the `attempts`-th failed attempt, with a jitter of 20 %.
 *
 * @param attempts attempts made so far, from 1
 * @param afterMs the service's wish, which wins when it is more
 * @param random uniform in [0, 1)
 * @returns milliseconds
 */
export function backoffMs(attempts: number, afterMs: number, random: () => number): number {
  const inProcess = IN_PROCESS_MS[attempts - 1];
  const parked = PARKED_MS[Math.min(attempts - IN_PROCESS_MS.length, PARKED_MS.length) - 1] ?? 0;
  return Math.max(Math.round(paced(inProcess ?? parked) * (0.8 + 0.4 * random())), paced(afterMs));
}

/** How long to wait before the next look at the build history, milliseconds. @param looks made so far, from 0 */
export function lookDelayMs(looks: number): number {
  return paced(LOOKS_MS[Math.min(looks, LOOKS_MS.length - 1)] ?? 0);
}
