import { type Credentials, findCredentials } from '../codearts/credentials.ts';
import type { PushEvent } from '../event/push-event.ts';
import { appendToLedger } from '../ledger/ledger.ts';
import type { Effects } from '../platform/effects.ts';
import { type Lock, tryLock } from '../spool/lock.ts';
import { type Spool, completeMoves, finishEvent, readEvents, saveEvent } from '../spool/spool.ts';
import { type SendableEvent, attempt, isSendable, startAttempt } from './attempt.ts';
import { laneHeads, laneOf } from './lanes.ts';
import { settleAttempt } from './settle-attempt.ts';
import { lockFolder } from './lock-folder.ts';

/** How to deliver. */
export interface DeliverOptions {
  /** The endpoint of this process: its secrets go there and nowhere else. */
  readonly endpoint: string | null;
  /** Try everything that waits once, whatever its back-off; only the service's own wish is honoured. */
  readonly isWake: boolean;
  /** Stay for retries, until this time (milliseconds since 1970). */
  readonly stayUntil: number;
  /** More may come while this is pending. */
  readonly until?: Promise<unknown>;
}

const CONCURRENT = 8;
const TICK_MS = 100;
const RENEW_MS = 60_000;
/** An owner takes up what is due within a tick; one that does not is busy with eight requests. */
const PATIENCE_MS = 3000;

type Context = Pick<Effects, 'env' | 'clock' | 'random'>;

/**
 * Delivers what is queued in a spool. One process does at a time: when another does already, this returns,
 * and the other finds what we have put there.
 */
export async function deliver(spool: Spool, options: DeliverOptions, context: Context): Promise<void> {
  const { clock } = context;
  const givesUpAt = clock.now() + PATIENCE_MS;
  let isMoreToCome = options.until !== undefined;
  void options.until?.finally(() => {
    isMoreToCome = false;
  });
  for (;;) {
    const lock = await tryLock(lockFolder(spool), clock);
    if (lock) {
      try {
        await new Drain(spool, lock, options, context).run(() => isMoreToCome);
      } finally {
        await lock.release();
      }
    }
    // What was queued after the owner's last look and before its release has found the lock taken.
    const isLeft = laneHeads(await readEvents(spool, ['q'])).some((event) => isDue(event, clock.now()));
    if (!isMoreToCome && !(isLeft && (lock || clock.now() < givesUpAt))) return;
    await clock.sleep(TICK_MS);
  }
}

function isDue({ nextAttemptAt }: PushEvent, now: number): boolean {
  return nextAttemptAt === null || nextAttemptAt <= now;
}

/** One time of holding the lock. */
class Drain {
  readonly #spool: Spool;
  readonly #lock: Lock;
  readonly #options: DeliverOptions;
  readonly #context: Context;
  readonly #active = new Map<string, Promise<void>>();
  readonly #woken = new Set<string>();
  #refusal: Extract<Access, { kind: 'held' }> | null = null;
  #renewedAt: number;

  constructor(spool: Spool, lock: Lock, options: DeliverOptions, context: Context) {
    this.#spool = spool;
    this.#lock = lock;
    this.#options = options;
    this.#context = context;
    this.#renewedAt = context.clock.now();
  }

  async run(isMoreToCome: () => boolean): Promise<void> {
    const { clock } = this.#context;
    await completeMoves(this.#spool);
    await this.#openInterrupted();
    await this.#reviveHeld();
    while (await this.#lock.isHeld()) {
      const waiting = laneHeads(await readEvents(this.#spool, ['q'])).filter(
        (event) => !this.#active.has(laneOf(event)),
      );
      const now = clock.now();
      for (const event of waiting) {
        if (this.#active.size >= CONCURRENT) break;
        if (this.#isDue(event, now)) this.#start(event);
      }
      const staysFor = waiting.some(({ nextAttemptAt }) => (nextAttemptAt ?? 0) <= this.#options.stayUntil);
      if (this.#active.size === 0 && !staysFor && !isMoreToCome()) return;
      await Promise.race([clock.sleep(TICK_MS), ...this.#active.values()]);
      await this.#renew();
    }
    await Promise.all(this.#active.values());
  }

  #isDue(event: PushEvent, now: number): boolean {
    if (this.#options.isWake && !this.#woken.has(event.id))
      return event.notBefore === null || event.notBefore <= now;
    return isDue(event, now);
  }

  #start(event: PushEvent): void {
    const lane = laneOf(event);
    this.#woken.add(event.id);
    this.#active.set(
      lane,
      this.#send(event).finally(() => this.#active.delete(lane)),
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
      const access = accessTo(event, this.#options.endpoint, this.#context.env);
      if (!isWaiting || access.kind === 'held') continue;
      if (!this.#options.isWake && event.attempts.length > 0) continue;
      await saveEvent(this.#spool, {
        ...event,
        state: 'queued',
        hold: null,
        reason: null,
        nextAttemptAt: null,
      });
    }
  }

  async #send(event: PushEvent): Promise<void> {
    const { env, clock, random } = this.#context;
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
    // One refused token is refused for all, and refusals in a row lock a key.
    if (result.outcome.kind === 'held' && result.outcome.hold === 'login') {
      this.#refusal = { kind: 'held', hold: 'login', reason: result.outcome.reason };
    }
  }

  async #renew(): Promise<void> {
    const now = this.#context.clock.now();
    if (now - this.#renewedAt < RENEW_MS) return;
    this.#renewedAt = now;
    await this.#lock.renew();
  }
}

/** What an event needs to be sent, or why this process cannot send it. */
type Access =
  | { readonly kind: 'ready'; readonly credentials: Extract<Credentials, { kind: 'token' }> }
  | { readonly kind: 'held'; readonly hold: 'endpoint' | 'login'; readonly reason: string };

/** Secrets of this process go to the endpoint of this process alone. */
function accessTo(event: PushEvent, endpoint: string | null, env: Effects['env']): Access {
  const held = (hold: 'endpoint' | 'login', reason: string): Access => ({ kind: 'held', hold, reason });
  if (event.endpoint === null) return held('endpoint', 'no region and no endpoint is set');
  const credentials = findCredentials(env);
  if (credentials.kind === 'none') return held('login', credentials.reason);
  if (event.endpoint !== endpoint) return held('login', `no credentials for ${event.endpoint}`);
  return { kind: 'ready', credentials };
}
