import type { DeliverOptions } from '../../src/delivery/deliver.ts';
import { deliver } from '../../src/delivery/deliver.ts';
import { makeBell } from '../../src/delivery/bell.ts';
import type { PushEvent } from '../../src/event/push-event.ts';
import type { Env } from '../../src/platform/effects.ts';
import type { ReceivedRequest, Sandbox } from '../../src/sandbox/sandbox.ts';
import { readEvents, saveEvent } from '../../src/spool/shelves.ts';
import { type Spool, openSpool } from '../../src/spool/spool.ts';
import { authorizerFor } from '../fixtures/authorizer.ts';
import { type FakeClock, fakeClock } from '../fixtures/fake-clock.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { startSandbox } from '../sandbox/running-sandbox.ts';

/** A real spool, the real client, the sandbox for the service, and a clock that moves when somebody sleeps and nothing is sent. */
export interface PostOffice {
  readonly spool: Spool;
  readonly sandbox: Sandbox;
  readonly clock: FakeClock;
  /** Puts `count` events into the queue, each different by `more`; gives their numbers. */
  readonly put: (count: number, more?: (seq: number) => Partial<PushEvent>) => Promise<readonly number[]>;
  /** Delivers as the runner of a push does; `endpoint`: the own one of its process, the sandbox's by default. */
  readonly deliver: (
    options?: Partial<DeliverOptions> & { readonly endpoint?: string | null },
    env?: Env,
  ) => Promise<void>;
  /** All events by their states, oldest first. */
  readonly states: () => Promise<string[]>;
  readonly event: (seq: number) => Promise<PushEvent>;
  readonly save: (event: PushEvent) => Promise<void>;
  /** What the requests that started a build were for, in their order. */
  readonly built: () => string[];
  /** The requests that were to start a build. */
  readonly sent: () => readonly ReceivedRequest[];
  /** How often the build history was asked. */
  readonly looks: () => number;
}

/** What is loaded when it is wanted: the clock moves on while a busy machine reads it. */
const LATE = [
  'ofetch',
  '../../src/codearts/iam.ts',
  '../../src/codearts/sdk-credentials.ts',
  '../../src/codearts/stored-credentials.ts',
  '../../src/codearts/token-cache.ts',
];

/** Makes one. @param ownClock instead of one that stands while a request is under way */
export async function makePostOffice(ownClock?: FakeClock): Promise<PostOffice> {
  await Promise.all(LATE.map((name) => import(name)));
  const spool = await openSpool(await scratchFolder());
  const sandbox = await startSandbox();
  const events = (): Promise<PushEvent[]> => readEvents(spool);
  // A request takes real time, of which none is to pass here.
  const isSending = async (): Promise<boolean> => (await events()).some(({ state }) => state === 'sending');
  const clock = ownClock ?? fakeClock(isSending);
  return {
    spool,
    sandbox,
    clock,
    put: async (count, more = () => ({})) => {
      const first = (await events()).length + 1;
      const seqs = Array.from({ length: count }, (_, n) => first + n);
      for (const seq of seqs) await saveEvent(spool, pushEvent(seq, { endpoint: sandbox.url, ...more(seq) }));
      return seqs;
    },
    deliver: ({ endpoint = sandbox.url, ...options } = {}, env = { CODEARTS_HOOKS_TOKEN: sandbox.token }) =>
      deliver(
        spool,
        {
          authorizer: authorizerFor(endpoint, env, { clock }),
          isWake: true,
          stayUntil: clock.now() + 15 * 60_000,
          patienceMs: 3000,
          bell: makeBell(),
          ...options,
        },
        { clock, random: () => 0.5 },
      ),
    states: async () =>
      (await events()).map(({ state, hold }) => (hold === null ? state : `${state}: ${hold}`)),
    event: async (seq) => {
      const found = (await events()).find((event) => event.seq === seq);
      if (!found) throw new Error(`the test has no event ${seq}`);
      return found;
    },
    sent: () => sandbox.requests().filter(({ method }) => method === 'POST'),
    looks: () => sandbox.requests().filter(({ method }) => method === 'GET').length,
    save: async (event) => await saveEvent(spool, event),
    built: () =>
      sandbox
        .requests()
        .filter(({ build }) => build !== null)
        .map(({ body }) => (body as { commits: { message: string }[] }).commits.at(-1)?.message ?? ''),
  };
}

/** A branch of its own for each event: nothing has to wait for anything. */
export function ownBranch(seq: number): Partial<PushEvent> {
  return { ref: `refs/heads/b${seq}` };
}
