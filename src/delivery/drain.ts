import type { PushEvent } from '../event/push-event.ts';
import { appendToLedger } from '../ledger/ledger.ts';
import type { Effects } from '../platform/effects.ts';
import type { Lock } from '../spool/lock.ts';
import {
  type Spool,
  completeMoves,
  finishEvent,
  readEvents,
  rereadEvent,
  saveEvent,
} from '../spool/spool.ts';
import { type Access, accessTo } from './access.ts';
import { type SendableEvent, attempt, isSendable, startAttempt } from './attempt.ts';
import type { Bell } from './bell.ts';
import { isDue, laneHeads, laneOf } from './lanes.ts';
import { settleAttempt } from './settle-attempt.ts';
import { lastWake } from './wake.ts';

/** How to deliver. */
export interface DrainOptions {
  /** The endpoint of this process: its secrets go there and nowhere else. */
  readonly endpoint: string | null;
  /** Try everything that waits once, whatever its back-off; only the service's own wish is honoured. */
  readonly isWake: boolean;
  /** Stay for retries, until this time (milliseconds since 1970). */
  readonly stayUntil: number;
  /** Rings when this process has put something in. */
  readonly bell: Bell;
}

/** What it takes of the world. */
export type DrainContext = Pick<Effects, 'env' | 'clock' | 'random'>;

const CONCURRENT = 8;
const RENEW_MS = 60_000;
/** How often what others have put in is looked for. */
export const TICK_MS = 100;

/** One time of holding the lock. */
export class Drain {
  readonly #spool: Spool;
  readonly #lock: Lock;
  readonly #options: DrainOptions;
  readonly #context: DrainContext;
  readonly #active = new Map<string, Promise<void>>();
  readonly #woken = new Set<string>();
  #refusal: Extract<Access, { kind: 'held' }> | null = null;
  #isTokenTaken = false;
  #failure: Error | null = null;
  #isWake: boolean;
  #wokenAt: number | null = null;
  #renewedAt: number;

  constructor(spool: Spool, lock: Lock, options: DrainOptions, context: DrainContext) {
    this.#spool = spool;
    this.#lock = lock;
    this.#options = options;
    this.#context = context;
    this.#isWake = options.isWake;
    this.#renewedAt = context.clock.now();
  }

  async run(isMoreToCome: () => boolean): Promise<void> {
    const { clock } = this.#context;
    await completeMoves(this.#spool);
    await this.#openInterrupted();
    await this.#reviveHeld();
    this.#wokenAt = await lastWake(this.#spool);
    while (this.#failure === null && (await this.#lock.isHeld())) {
      await this.#hearWake();
      this.#options.bell.reset();
      // As they were before the reading, which sees the first of such a lane as it pleases: what is sent may be
      // delivered, or put back, before the reading ends, and another seem to be the first.
      const busy = new Set(this.#active.keys());
      const waiting = laneHeads(await readEvents(this.#spool, ['q'])).filter(
        (event) => !busy.has(laneOf(event)),
      );
      const now = clock.now();
      for (const event of waiting) {
        const most = this.#isTokenTaken ? CONCURRENT : 1;
        if (this.#failure !== null || this.#active.size >= most) break;
        if (this.#isDue(event, now)) this.#start(event);
      }
      const staysFor = waiting.some(({ nextAttemptAt }) => (nextAttemptAt ?? 0) <= this.#options.stayUntil);
      if (busy.size + this.#active.size === 0 && !staysFor && !isMoreToCome()) return;
      await Promise.race([clock.sleep(TICK_MS), this.#options.bell.heard(), ...this.#active.values()]);
      await this.#renew();
    }
    await Promise.all(this.#active.values());
    // A full disk, say: what could not be written down was not sent either.
    if (this.#failure !== null) throw this.#failure;
  }

  /** Another process wants what waits to be tried now. */
  async #hearWake(): Promise<void> {
    const wokenAt = await lastWake(this.#spool);
    if (wokenAt === this.#wokenAt) return;
    this.#wokenAt = wokenAt;
    this.#isWake = true;
    this.#woken.clear();
  }

  #isDue(event: PushEvent, now: number): boolean {
    if (this.#isWake && !this.#woken.has(event.id)) return event.notBefore === null || event.notBefore <= now;
    return isDue(event, now);
  }

  #start(event: PushEvent): void {
    const lane = laneOf(event);
    this.#woken.add(event.id);
    this.#active.set(
      lane,
      this.#send(event)
        .catch((error: unknown) => {
          this.#failure ??= error instanceof Error ? error : new Error(String(error));
        })
        .finally(() => this.#active.delete(lane)),
    );
  }

  /** A request that was on its way when its process died: nobody knows what became of it. */
  async #openInterrupted(): Promise<void> {
    for (const event of await readEvents(this.#spool, ['q'])) {
      if (event.state !== 'sending') continue;
      await saveEvent(this.#spool, {
        ...event,
        state: 'ambiguous',
        reason: 'the process that sent it was killed',
      });
    }
  }

  /** What waited for credentials or rights may have them now: a wake tries it once more. */
  async #reviveHeld(): Promise<void> {
    for (const event of await readEvents(this.#spool, ['q'])) {
      const isWaiting = event.state === 'held' && (event.hold === 'login' || event.hold === 'permission');
      if (!isWaiting) continue;
      const access = accessTo(event, this.#options.endpoint, this.#context.env);
      if (access.kind === 'held') {
        const { hold, reason } = access;
        // What is missing may be something else by now; what the service has said stands.
        if (event.attempts.length === 0 && reason !== event.reason) {
          await saveEvent(this.#spool, { ...event, hold, reason });
        }
        continue;
      }
      if (!this.#isWake && event.attempts.length > 0) continue;
      await saveEvent(this.#spool, {
        ...event,
        state: 'queued',
        hold: null,
        reason: null,
        nextAttemptAt: null,
      });
    }
  }

  async #send(seen: PushEvent): Promise<void> {
    const { env, clock, random } = this.#context;
    // It was read before its lane was ours: it may have been sent since.
    const event = await rereadEvent(this.#spool, seen);
    if (event?.state !== 'queued' || event.attempts.length !== seen.attempts.length) return;
    const access = this.#refusal ?? accessTo(event, this.#options.endpoint, env);
    if (access.kind === 'held' || !isSendable(event)) {
      const why =
        access.kind === 'held' ? access : { hold: 'config' as const, reason: 'its job is not known' };
      await saveEvent(this.#spool, { ...event, state: 'held', hold: why.hold, reason: why.reason });
      return;
    }
    const sending: SendableEvent = {
      ...event,
      state: 'sending',
      reason: null,
      attempts: [...event.attempts, startAttempt(clock.now())],
    };
    if (!(await this.#lock.isHeld())) return;
    await saveEvent(this.#spool, sending);
    if (!(await this.#lock.isHeld())) return;
    const result = await attempt(sending, access.credentials, clock);
    const tried: PushEvent = { ...sending, attempts: [...event.attempts, result.attempt] };
    const settled = settleAttempt(tried, result.outcome, { now: clock.now(), random });
    const isFinal = settled.state === 'delivered' || settled.state === 'failed';
    await (isFinal ? finishEvent(this.#spool, settled) : saveEvent(this.#spool, settled));
    await appendToLedger(this.#spool.root, settled);
    // One refused token is refused for all, and refusals in a row lock a key: until one was taken, one is tried.
    if (result.outcome.kind === 'held' && result.outcome.hold === 'login') {
      this.#refusal = { kind: 'held', hold: 'login', reason: result.outcome.reason };
    } else {
      this.#isTokenTaken = true;
    }
  }

  async #renew(): Promise<void> {
    const now = this.#context.clock.now();
    if (now - this.#renewedAt < RENEW_MS) return;
    this.#renewedAt = now;
    await this.#lock.renew();
  }
}
