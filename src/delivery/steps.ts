import { readBuildHistory } from '../codearts/build-history.ts';
import type { Access, Authorizer } from '../codearts/authorize.ts';
import { stored } from '../core/translate.ts';
import { type PushEvent, isFinal } from '../event/push-event.ts';
import { appendToLedger } from '../ledger/ledger.ts';
import type { Effects } from '../platform/effects.ts';
import { NOT_WANTED } from '../platform/http.ts';
import type { Lock } from '../platform/lock.ts';
import { withIntakeLock } from '../spool/intake-lock.ts';
import { rereadEvent, saveEvent, settleEvent } from '../spool/shelves.ts';
import type { Spool } from '../spool/spool.ts';
import { isUnchanged } from '../spool/stored-event.ts';
import { accessTo } from './access.ts';
import { type SendableEvent, attempt, isSendable, startAttempt, unsentAttempt } from './attempt.ts';
import type { Circuit } from './circuit.ts';
import type { Entry } from './entry.ts';
import { settleAttempt } from './settle-attempt.ts';
import { openSince, settleLook } from './settle-look.ts';
import type { TakenBuilds } from './taken-builds.ts';

/** What the steps of a delivery share. */
export interface Tools {
  readonly spool: Spool;
  readonly lock: Lock;
  readonly context: Pick<Effects, 'clock' | 'random'>;
  readonly authorizer: Authorizer;
  readonly circuit: Circuit;
  readonly taken: TakenBuilds;
}

/** For how long the intake is waited for, which others have for milliseconds. */
const INTAKE_MS = 10_000;
const LONGER_THAN_ANY_STAY_MS = 12 * 3_600_000;

/**
 * Sends an event once. The attempt is on disk before the request leaves, so that whoever finds it there after a
 * crash knows that nobody knows. Gives the event as it is now; null when it is not to be sent any more.
 */
export async function sendEvent(seen: Entry, tools: Tools): Promise<PushEvent | null> {
  const { spool, lock, circuit, context } = tools;
  const { clock, random } = context;
  // It was read before its lane was ours: it may have been sent, or discarded, since.
  const event = await rereadEvent(spool, seen);
  if (event?.state !== 'queued' || event.attempts.length !== seen.attempts) return event;
  const access = await accessOf(event, tools);
  if (access.kind === 'held' || !isSendable(event)) {
    const why =
      access.kind === 'held' ? access : { hold: 'config' as const, reason: stored`its job is not known` };
    const { hold, reason } = why;
    return (await change(event, { ...event, state: 'held', hold, reason }, tools, save)).now;
  }
  if (access.kind === 'later') {
    const unsent = { ...event, attempts: [...event.attempts, unsentAttempt(clock.now())] };
    const waiting = settleAttempt(unsent, { ...access, kind: 'retry' }, { now: clock.now(), random });
    return (await change(event, waiting, tools)).now;
  }
  const sending: SendableEvent = {
    ...event,
    state: 'sending',
    reason: null,
    attempts: [...event.attempts, startAttempt(clock.now())],
  };
  const claimed = await change(event, sending, tools, save);
  if (!claimed.isDone) return claimed.now;
  // Overtaken after a freeze: what we have recorded is an open attempt to whoever has overtaken us.
  const result = await attempt(sending, access, {
    clock,
    isWanted: async () => await lock.isHeld(),
  });
  if (result.attempt.errorCode === NOT_WANTED) return null;
  const tried: PushEvent = { ...sending, attempts: [...event.attempts, result.attempt] };
  const settled = settleAttempt(tried, result.outcome, { now: clock.now(), random });
  circuit.record(result.outcome, settled);
  // Whoever has overtaken us has found it being sent, and asks the service: only an answer that is final helps him.
  if (!isFinal(settled) && !(await lock.isHeld())) return null;
  await settle(settled, tools);
  return settled;
}

/** Asks the service whether the build of an open attempt was started. Gives the event as it is now. */
export async function lookForBuild(seen: Entry, tools: Tools): Promise<PushEvent | null> {
  const { spool, circuit, taken, context } = tools;
  const { clock, random } = context;
  const event = await rereadEvent(spool, seen);
  if (event?.state !== 'ambiguous') return event;
  const access = await accessOf(event, tools);
  // Not before something changes, and then it is read anew: on disk it stays as it is.
  if (access.kind === 'held' || !isSendable(event)) {
    return { ...event, nextAttemptAt: clock.now() + LONGER_THAN_ANY_STAY_MS };
  }
  const history =
    access.kind === 'later'
      ? { ...access, kind: 'unreachable' as const }
      : await readBuildHistory(
          {
            endpoint: event.endpoint,
            jobId: event.job.id,
            sinceMs: openSince(event),
            nowMs: clock.now(),
          },
          access.send,
        );
  if (history.kind === 'refused') circuit.refuse({ kind: 'held', hold: 'login', reason: history.reason });
  const isTaken = await taken.ofJob(event.job.id, event.id);
  return (await change(event, settleLook(event, history, { now: clock.now(), random, isTaken }), tools)).now;
}

async function accessOf(event: PushEvent, { circuit, authorizer }: Tools): Promise<Access> {
  return circuit.refusalFor(event.job?.id ?? '') ?? (await accessTo(event, authorizer));
}

/** What has become of a change. */
interface Changed {
  readonly isDone: boolean;
  /** The event as it is now; null when it is nothing of ours any more. */
  readonly now: PushEvent | null;
}

/**
 * Writes the next state of an event that is not being sent, unless somebody has changed it since it was read: between
 * a question to the network and its answer a user may discard it, or have it delivered again.
 */
async function change(
  event: PushEvent,
  next: PushEvent,
  tools: Tools,
  write: (next: PushEvent, tools: Tools) => Promise<void> = settle,
): Promise<Changed> {
  const { spool, lock, context } = tools;
  let changed: Changed = { isDone: false, now: event };
  const work = async (): Promise<void> => {
    const now = await rereadEvent(spool, event);
    if (!isUnchanged(now, event)) changed = { isDone: false, now };
    else if (!(await lock.isHeld())) changed = { isDone: false, now: null };
    else {
      await write(next, tools);
      changed = { isDone: true, now: next };
    }
  };
  // Whoever is frozen over the intake must not keep builds from being started.
  if (!(await withIntakeLock(spool, context.clock, work, INTAKE_MS))) await work();
  return changed;
}

async function save(event: PushEvent, { spool }: Tools): Promise<void> {
  await saveEvent(spool, event);
}

/** What an attempt or a look has come to goes to the ledger, too. */
async function settle(event: PushEvent, { spool, taken }: Tools): Promise<void> {
  await settleEvent(spool, event);
  taken.add(event);
  await appendToLedger(spool.root, event);
}
