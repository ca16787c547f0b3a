import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PushEvent, isFinal } from '../../src/event/push-event.ts';
import type { Fault } from '../../src/sandbox/faults.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { listSlips, readEvents, saveEvent } from '../../src/spool/shelves.ts';
import { openSpool } from '../../src/spool/spool.ts';
import { oidOf } from '../fixtures/oid.ts';
import { makeProgram } from '../fixtures/program.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { IS_FULL } from './tiers.ts';

/** What may happen to a queue. */
type Step =
  /** A push of one of three branches, for one of two jobs, to one of three commits. */
  | { readonly kind: 'push'; readonly branch: number; readonly job: number; readonly commit: number }
  /** The service misbehaves in these ways, one for each request to come. */
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  /** A process delivers; killed at that checkpoint, if it comes there. */
  | { readonly kind: 'deliver'; readonly crashAt: number | null; readonly hasToken: boolean };

const FAULTS: readonly Fault[] = [
  { kind: 'none' },
  { kind: 'unavailable' },
  { kind: 'reset-before-reply' },
  { kind: 'refuse' },
  { kind: 'lost-reply' },
  { kind: 'cut-body' },
  { kind: 'status', status: 502, built: true },
  { kind: 'bad-gateway' },
  { kind: 'throttled', retryAfterSeconds: 2 },
  { kind: 'too-frequent', status: 500 },
  { kind: 'status-fail' },
  { kind: 'wrapped' },
];

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('push' as const),
        branch: fc.nat(2),
        job: fc.nat(1),
        commit: fc.nat(2),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('faults' as const),
        faults: fc.array(fc.constantFrom(...FAULTS), { minLength: 1, maxLength: 6 }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('deliver' as const),
        crashAt: fc.option(fc.integer({ min: 1, max: 40 })),
        hasToken: fc.boolean(),
      }),
    },
  ),
  { minLength: 3, maxLength: 12 },
);

type Deliver = (args: readonly string[], crashAt: number | null) => Promise<void>;

/** Runs a process that delivers; it may be killed. */
async function run(program: string, args: readonly string[], crashAt: number | null): Promise<void> {
  const env = { PATH: process.env['PATH'] ?? '', CODEARTS_HOOKS_CRASH_AT: String(crashAt ?? 0) };
  await new Promise<void>((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, () => resolve());
  });
}

/** The message of an event tells it from all others. */
function nth(seq: number, { branch, job, commit }: Extract<Step, { kind: 'push' }>): PushEvent {
  const after = oidOf(String(commit + 1));
  const ref = `refs/heads/b${branch}`;
  const event = pushEvent(seq, { ref, after, job: { id: `${job}`.repeat(32), name: `job-${job}` } });
  return {
    ...event,
    payload: event.payload && { ...event.payload, after, commits: [{ id: after, message: `push ${seq}` }] },
  };
}

async function live(sequence: readonly Step[], deliver: Deliver): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'codearts-hooks-sequence-'));
  const sandbox = await createSandbox();
  try {
    const spool = await openSpool(root);
    let seq = 0;
    for (const step of sequence) {
      if (step.kind === 'push') {
        seq += 1;
        await saveEvent(spool, { ...nth(seq, step), endpoint: sandbox.url });
      } else if (step.kind === 'faults') {
        sandbox.setFaults(step.faults);
      } else {
        await deliver([root, sandbox.url, step.hasToken ? sandbox.token : 'wrong', '300'], step.crashAt);
      }
    }
    sandbox.setFaults([]);
    await deliver([root, sandbox.url, sandbox.token, '20000'], null);

    const events = await readEvents(spool);
    expect((await listSlips(spool)).map(({ id }) => id).toSorted()).toEqual(
      events.map(({ id }) => id).toSorted(),
    );
    expect(
      events.filter((event) => !isFinal(event)).map(({ state, reason }) => `${state}: ${reason}`),
    ).toEqual([]);
    expect(events).toHaveLength(seq);
    const delivered = events.filter(({ state }) => state === 'delivered');
    const built = sandbox.requests().flatMap(({ body, build }) => {
      const { commits } = (body ?? {}) as { commits?: { message: string }[] };
      return build ? [`${build.jobName} #${build.number} ${commits?.[0]?.message}`] : [];
    });
    expect(
      delivered.map(({ job, build, seq: n }) => `${job?.id} #${build?.number} push ${n}`).toSorted(),
    ).toEqual(built.toSorted());
  } finally {
    await sandbox.close();
    await rm(root, { recursive: true, force: true });
  }
}

test(
  'whatever pushes, faults and kills come in whatever order, each event ends in one state, and the service has built just what was delivered',
  async () => {
    const program = await makeProgram('test/delivery/deliver-program.ts', true);
    const deliver: Deliver = async (args, crashAt) => await run(program, args, crashAt);
    const lived = fc.asyncProperty(steps, async (sequence) => await live(sequence, deliver));
    await fc.assert(lived, {
      numRuns: IS_FULL ? 150 : 8,
      // A shrunk sequence takes as long as a found one.
      endOnFailure: !IS_FULL,
    });
  },
  30 * 60_000,
);
