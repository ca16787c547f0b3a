import { expect, test } from 'vitest';
import type { BuildHistory, BuildRecord } from '../../src/codearts/build-history.ts';
import { startAttempt } from '../../src/delivery/attempt.ts';
import { openSince, settleLook } from '../../src/delivery/settle-look.ts';
import type { PushEvent } from '../../src/event/push-event.ts';
import { oidOf } from '../fixtures/oid.ts';
import { pushEvent } from '../fixtures/push-event.ts';

const NOW = Date.UTC(2026, 0, 2, 12);
const SENT = NOW - 5000;
const DAY = 86_400_000;

function open(more: Partial<PushEvent> = {}): PushEvent {
  return pushEvent(1, {
    state: 'ambiguous',
    reason: 'the reply was lost (TIMEOUT)',
    attempts: [startAttempt(SENT)],
    nextAttemptAt: NOW,
    ...more,
  });
}

function record(more: Partial<BuildRecord> = {}): BuildRecord {
  return {
    number: '7',
    dailyNumber: '20260102.7',
    commitId: oidOf('a'),
    branch: 'main',
    startedAt: SENT + 300,
    ...more,
  };
}

function look(
  builds: readonly BuildRecord[],
  event = open(),
  taken: readonly string[] = [],
  serverTime = NOW,
): PushEvent {
  const context = { now: NOW, random: () => 0.5, isTaken: (number: string) => taken.includes(number) };
  return settleLook(event, { kind: 'builds', builds, serverTime }, context);
}

test('the build of the commit and branch, started after the request, is the one', () => {
  expect(look([record()])).toMatchObject({
    state: 'delivered',
    reason: 'the answer was lost; the build was found in the history',
    build: { jobName: 'f9d6c8466d614a9788e9a0acf6c15f46', number: '7', dailyNumber: '20260102.7' },
    nextAttemptAt: null,
  });
});

test.each<[string, Partial<BuildRecord>]>([
  ['of another commit', { commitId: oidOf('c') }],
  ['of no commit', { commitId: null }],
  ['of another branch', { branch: 'topic' }],
  ['that was started before the request', { startedAt: SENT - 3000 }],
  ['that does not say when it was started', { startedAt: null }],
])('a build %s is not', (_, more) => {
  expect(look([record(more)])).toMatchObject({
    state: 'ambiguous',
    looks: 1,
    nextAttemptAt: NOW + 30_000,
    build: null,
  });
});

test('a build without a branch counts by its commit', () => {
  expect(look([record({ branch: null })]).state).toBe('delivered');
});

test('a build that another event has started is never taken, and of several the first is', () => {
  const builds = [
    record({ number: '9', startedAt: SENT + 900 }),
    record(),
    record({ number: '8', startedAt: SENT + 600 }),
  ];

  expect(look(builds).build?.number).toBe('7');
  expect(look(builds, open(), ['7']).build?.number).toBe('8');
  expect(look(builds, open(), ['7', '8', '9']).state).toBe('ambiguous');
});

test('the service’s clock counts: an hour ahead or behind, its builds are found', () => {
  for (const offset of [3_600_000, -3_600_000]) {
    const startedAt = SENT + 300 + offset;
    expect(look([record({ startedAt })], open(), [], NOW + offset).state).toBe('delivered');
    expect(look([record({ startedAt: startedAt - 60_000 })], open(), [], NOW + offset).state).toBe(
      'ambiguous',
    );
  }
});

test.each([2, -2])('a build is found even when our clock was %i days off at the request', (days) => {
  const event = open({ attempts: [startAttempt(SENT + days * DAY)] });

  expect(look([record()], event).state).toBe('delivered');
});

test('the first open attempt counts, and none that was certainly not processed', () => {
  const retry = { ...startAttempt(SENT - 9000), outcome: 'retry' as const };

  expect(openSince(open({ attempts: [retry, startAttempt(SENT), startAttempt(SENT + 9000)] }))).toBe(SENT);
  expect(openSince(open({ attempts: [], startedAt: 5 }))).toBe(5);
});

test('after the third look in vain it is sent again, and says so', () => {
  expect(look([], open({ looks: 1 }))).toMatchObject({
    state: 'ambiguous',
    looks: 2,
    nextAttemptAt: NOW + 120_000,
  });
  expect(look([], open({ looks: 2 }))).toMatchObject({
    state: 'queued',
    isResent: true,
    nextAttemptAt: null,
    reason: 'no build is in the history: sent again',
  });
});

function settle(
  history: Exclude<BuildHistory, { kind: 'builds' }>,
  more: Partial<PushEvent> = {},
): PushEvent {
  return settleLook(open(more), history, { now: NOW, random: () => 0.5, isTaken: () => false });
}

test('where the history may not be read, the config says what to do', () => {
  const reason = 'the build history answers APIGW.0302 (HTTP 403)';

  expect(settle({ kind: 'forbidden', reason })).toMatchObject({ state: 'queued', isResent: true });
  expect(settle({ kind: 'forbidden', reason }, { onUnknown: 'hold' })).toMatchObject({
    state: 'held',
    hold: 'unknown',
    reason: `the reply was lost (TIMEOUT), and ${reason}`,
  });
});

test('where it cannot be read now, it is asked again later, and that is no look', () => {
  expect(settle({ kind: 'unreachable', reason: 'x', afterMs: 0 })).toMatchObject({
    state: 'ambiguous',
    looks: 0,
    nextAttemptAt: NOW + 5000,
  });
  expect(settle({ kind: 'unreachable', reason: 'x', afterMs: 90_000 }).nextAttemptAt).toBe(NOW + 90_000);
});

test('where the credentials are refused, it stays open and says why', () => {
  expect(settle({ kind: 'refused', reason: 'the build history answers (HTTP 401)' })).toMatchObject({
    state: 'ambiguous',
    looks: 0,
    reason: 'the build history answers (HTTP 401): whether it was built cannot be told yet',
  });
});
