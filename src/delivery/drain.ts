import type { Authorizer } from '../codearts/authorize.ts';
import type { PushEvent } from '../event/push-event.ts';
import { isFinal } from '../event/push-event.ts';
import type { Effects } from '../platform/effects.ts';
import type { Lock } from '../platform/lock.ts';
import type { Spool } from '../spool/spool.ts';
import type { Bell } from './bell.ts';
import { Circuit } from './circuit.ts';
import type { Entry } from './entry.ts';
import { isReached } from './lanes.ts';
import { Probes } from './probes.ts';
import { prepareQueue, reviveWaiting } from './prepare.ts';
import { type Tools, lookForBuild, sendEvent } from './steps.ts';
import { TakenBuilds } from './taken-builds.ts';
import { lastWake } from './wake.ts';
import { Waiting } from './waiting.ts';

/** How to deliver. */
export interface DrainOptions {
  /** Gives access to the service. */
  readonly authorizer: Authorizer;
  /** Try everything that waits once, whatever its back-off; only the service's own wish is honoured. */
  readonly isWake: boolean;
  /** Stay for retries, until this time (milliseconds since 1970). */
  readonly stayUntil: number;
  /** Rings when this process has put something in. */
  readonly bell: Bell;
}

/** What it takes of the world. */
export type DrainContext = Pick<Effects, 'clock' | 'random'>;

/** What is under way for an event. */
interface Step {
  readonly entry: Entry;
  readonly isLook: boolean;
  readonly ended: Promise<void>;
}

const RENEW_MS = 60_000;
/** How often what others have put in is looked for. */
export const TICK_MS = 100;

/** One time of holding the lock. */
export class Drain {
  readonly #tools: Tools;
  readonly #options: DrainOptions;
  readonly #steps = new Map<string, Step>();
  /** Tried once because of the last wake. */
  readonly #woken = new Set<string>();
  #waiting: Waiting;
  #failure: Error | null = null;
  #isWake: boolean;
  #wokenAt: number | null = null;
  /** What was under way at the last wake: it may be held by an answer from before. */
  #atWake = new Set<Step>();
  #isReviveDue = false;
  readonly #probes = new Probes();
  #renewedAt: number;
  #readAt = 0;
  /** A step has ended since the last pause. */
  #isEnded = false;
  #wake = (): void => undefined;

  constructor(spool: Spool, lock: Lock, options: DrainOptions, context: DrainContext) {
    const { authorizer } = options;
    this.#tools = { spool, lock, context, authorizer, circuit: new Circuit(), taken: new TakenBuilds(spool) };
    this.#options = options;
    this.#isWake = options.isWake;
    this.#renewedAt = context.clock.now();
    this.#waiting = new Waiting(spool);
  }

  /** Whether the queue's file of that name has been read. */
  hasSeen(name: string): boolean {
    return this.#waiting.hasSeen(name);
  }

  async run(isMoreToCome: () => boolean): Promise<void> {
    const { spool, lock, context, circuit } = this.#tools;
    this.#wokenAt = await lastWake(spool);
    const { bell } = this.#options;
    bell.wakes(() => this.#wake());
    bell.wasRung();
    this.#waiting = await prepareQueue(spool, { ...this.#options, probes: this.#probes }, context);
    for (const entry of this.#waiting.entries()) circuit.remember(entry);
    let isFirst = true;
    while (this.#failure === null && (await lock.isHeld())) {
      const mayEnd = !isMoreToCome();
      await this.#read(bell.wasRung() || isFirst);
      isFirst = false;
      this.#startDue();
      if (this.#steps.size === 0 && mayEnd && !this.#isReviveDue && !this.#isWaited()) return;
      await this.#pause();
      await this.#renew();
    }
    await Promise.all([...this.#steps.values()].map(({ ended }) => ended));
    // A full disk, say: what could not be written down was not sent either.
    if (this.#failure !== null) throw this.#failure;
  }

  /** Looks for what is new: not after every request, a queue may be long. */
  async #read(isRung: boolean): Promise<void> {
    const { spool, context, circuit, authorizer } = this.#tools;
    const wokenAt = await lastWake(spool);
    const isWoken = wokenAt !== this.#wokenAt;
    if (isWoken) {
      this.#wokenAt = wokenAt;
      this.#isWake = true;
      this.#woken.clear();
      this.#atWake = new Set(this.#steps.values());
      this.#isReviveDue = true;
      this.#probes.reset();
    }
    const now = context.clock.now();
    const isIdle = this.#steps.size === 0;
    const isReviving = this.#isReviveDue;
    if (!isRung && !isReviving && !isIdle && Math.abs(now - this.#readAt) < TICK_MS) return;
    this.#readAt = now;
    this.#isReviveDue = false;
    await this.#waiting.refresh(isRung || isReviving);
    if (!isReviving) return;
    circuit.close();
    authorizer.forget();
    const options = { authorizer, isWake: true, probes: this.#probes };
    await reviveWaiting(this.#waiting, spool, options, context);
  }

  #startDue(): void {
    const now = this.#tools.context.clock.now();
    for (const entry of this.#waiting.heads()) {
      if (this.#steps.size >= this.#tools.circuit.most) return;
      if (!this.#steps.has(entry.lane) && this.#isDue(entry, now)) this.#start(entry);
    }
  }

  #isDue(entry: Entry, now: number): boolean {
    const { circuit } = this.#tools;
    if (circuit.pauseOf(entry.jobId, now) !== null) return false;
    const isLook = entry.state === 'ambiguous';
    if (isLook && circuit.refusalFor(entry.jobId) !== null) return false;
    const isWoken = this.#isWake && !isLook && !this.#woken.has(entry.id);
    if (!isReached(isWoken ? entry.notBefore : entry.nextAttemptAt, now)) return false;
    // A build that is being started is nobody's yet: no look may take it for its own.
    const rivals = [...this.#steps.values()].filter((step) => step.entry.target === entry.target);
    return isLook ? rivals.length === 0 : !rivals.some((step) => step.isLook);
  }

  #start(entry: Entry): void {
    const isLook = entry.state === 'ambiguous';
    if (!isLook) this.#woken.add(entry.id);
    const ended = (isLook ? lookForBuild : sendEvent)(entry, this.#tools)
      .then((event) => this.#take(entry, event))
      .catch((error: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error(String(error));
      })
      .finally(() => {
        const step = this.#steps.get(entry.lane);
        if (step && this.#atWake.delete(step)) this.#isReviveDue = true;
        this.#steps.delete(entry.lane);
        this.#isEnded = true;
        this.#wake();
      });
    this.#steps.set(entry.lane, { entry, isLook, ended });
  }

  #take(entry: Entry, event: PushEvent | null): void {
    if (this.#probes.settle(entry.id, event)) this.#isReviveDue = true;
    if (event && !isFinal(event)) this.#waiting.put(event);
    else this.#waiting.remove(entry.name);
  }

  /** Whether something here is worth staying for. */
  #isWaited(): boolean {
    const { context, circuit } = this.#tools;
    const now = context.clock.now();
    const { stayUntil } = this.#options;
    for (const { jobId, state, nextAttemptAt } of this.#waiting.heads()) {
      if (state === 'ambiguous' && circuit.refusalFor(jobId) !== null) continue;
      const at = Math.max(nextAttemptAt ?? now, circuit.pauseOf(jobId, now) ?? now);
      if (at <= stayUntil) return true;
    }
    return false;
  }

  /** Until something ends, rings, or may have come from outside. */
  async #pause(): Promise<void> {
    // No race of promises: one that stays open for hours would keep all that was ever raced with it.
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    if (this.#isEnded) this.#wake();
    this.#isEnded = false;
    void this.#tools.context.clock.sleep(TICK_MS).then(this.#wake);
    await woken;
  }

  async #renew(): Promise<void> {
    const now = this.#tools.context.clock.now();
    if (Math.abs(now - this.#renewedAt) < RENEW_MS) return;
    this.#renewedAt = now;
    await this.#tools.lock.renew();
  }
}
