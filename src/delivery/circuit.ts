import type { Held } from '../codearts/choose-proof.ts';
import type { Outcome } from '../codearts/outcome.ts';
import type { PushEvent } from '../event/push-event.ts';
import type { Entry } from './entry.ts';
import { isReached } from './lanes.ts';

type Refusal = Held;

/** More than five wrong signatures in a row lock a key, and those under way cannot be called back. */
const CONCURRENT = 4;
/** Failures in a row after which the service counts as down. */
const FAILURES = 3;

/**
 * What the outcomes so far say of requests to come. By cause: a refused token is refused for all, and refusals in a
 * row lock a key; a right that is lacking, for its job; a service that is down or wants patience is left alone,
 * whatever else waits. One success ends it.
 */
export class Circuit {
  #isProven = false;
  #failures = 0;
  #refusal: Refusal | null = null;
  readonly #refusedJobs = new Map<string, Refusal>();
  #pausedUntil: number | null = null;
  readonly #pausedJobs = new Map<string, number>();

  /** How many requests may be under way at once: one, until one was taken. */
  get most(): number {
    return this.#isProven && this.#failures === 0 ? CONCURRENT : 1;
  }

  /** Why a request for a job would be refused; null: nothing is known. */
  refusalFor(jobId: string): Refusal | null {
    return this.#refusal ?? this.#refusedJobs.get(jobId) ?? null;
  }

  /** Until when requests for a job wait, milliseconds since 1970; null: they do not. */
  pauseOf(jobId: string, now: number): number | null {
    const waits = [this.#pausedUntil, this.#pausedJobs.get(jobId) ?? null];
    const open = waits.filter((until): until is number => until !== null && !isReached(until, now));
    return open.length === 0 ? null : Math.max(...open);
  }

  /** Takes over what an earlier process was told: the gateway counts requests of all. */
  remember({ isThrottled, notBefore }: Entry): void {
    if (isThrottled && notBefore !== null) this.#pausedUntil = Math.max(this.#pausedUntil ?? 0, notBefore);
  }

  /** Somebody wants what waits to be tried now: a service that was down may be up, and what was refused granted. */
  close(): void {
    if (this.#failures > 0) this.#pausedUntil = null;
    this.#failures = 0;
    this.#refusal = null;
    this.#refusedJobs.clear();
    this.#isProven = false;
  }

  /** The credentials were refused. */
  refuse(refusal: Refusal): void {
    this.#refusal = refusal;
  }

  /** @param event as the outcome has left it */
  record(outcome: Outcome, event: PushEvent): void {
    const jobId = event.job?.id ?? '';
    const hasReplied = (event.attempts.at(-1)?.httpStatus ?? null) !== null;
    if (outcome.kind === 'held') {
      const { kind, hold, reason } = outcome;
      if (hold === 'permission') this.#refusedJobs.set(jobId, { kind, hold, reason });
      else this.#refusal = { kind, hold, reason };
    } else if (outcome.kind === 'retry' && event.notBefore !== null) {
      const isForAll = event.attempts.at(-1)?.httpStatus === 429;
      if (isForAll) this.#pausedUntil = event.notBefore;
      else this.#pausedJobs.set(jobId, event.notBefore);
    } else if (outcome.kind === 'retry' || (outcome.kind === 'ambiguous' && !hasReplied)) {
      this.#failures += 1;
      if (this.#failures >= FAILURES) this.#pausedUntil = event.nextAttemptAt;
      return;
    }
    if (outcome.kind === 'held' && outcome.hold === 'login') return;
    this.#isProven = true;
    this.#failures = 0;
  }
}
