import { expect, test } from 'vitest';
import type { Outcome } from '../../src/codearts/outcome.ts';
import { startAttempt } from '../../src/delivery/attempt.ts';
import { settleAttempt } from '../../src/delivery/settle-attempt.ts';
import type { PushEvent } from '../../src/event/push-event.ts';
import { oidOf } from '../fixtures/oid.ts';
import { pushEvent } from '../fixtures/push-event.ts';

const NOW = 1_000_000;
const SENT = pushEvent(1, {
  state: 'sending',
  attempts: [startAttempt(NOW)],
  hold: 'login',
  nextAttemptAt: 1,
  notBefore: 1,
});
const OPEN = { ...SENT, hold: null, nextAttemptAt: null, notBefore: null };

function settle(outcome: Outcome, event: PushEvent = SENT): PushEvent {
  return settleAttempt(event, outcome, { now: NOW, random: () => 0.5 });
}

test('a build that was started is the end', () => {
  const build = { jobName: 'j', number: '20', dailyNumber: '20200612.20' };

  expect(settle({ kind: 'accepted', build })).toEqual({ ...OPEN, state: 'delivered', reason: null, build });
});

test.each([
  [0, NOW + 5000, null],
  [1000, NOW + 5000, NOW + 1000],
  [90_000, NOW + 90_000, NOW + 90_000],
])(
  'what was not processed waits, and longer by the service’s wish: %i',
  (afterMs, nextAttemptAt, notBefore) => {
    expect(settle({ kind: 'retry', reason: 'why', afterMs })).toEqual({
      ...OPEN,
      state: 'queued',
      reason: 'why',
      nextAttemptAt,
      notBefore,
    });
  },
);

test('each attempt makes the wait longer', () => {
  const third = { ...SENT, attempts: [1, 2, 3].map(startAttempt) };

  expect(settle({ kind: 'retry', reason: 'why', afterMs: 0 }, third).nextAttemptAt).toBe(NOW + 120_000);
});

test.each<[Outcome, Partial<PushEvent>]>([
  [
    { kind: 'ambiguous', reason: 'why' },
    { state: 'ambiguous', looks: 0, nextAttemptAt: NOW + 5000 },
  ],
  [
    { kind: 'held', hold: 'login', reason: 'why' },
    { state: 'held', hold: 'login' },
  ],
  [
    { kind: 'held', hold: 'permission', reason: 'why' },
    { state: 'held', hold: 'permission' },
  ],
  [
    { kind: 'held', hold: 'config', reason: 'why' },
    { state: 'held', hold: 'config' },
  ],
  [{ kind: 'rejected', reason: 'why' }, { state: 'failed' }],
])('an outcome of %j says what the event becomes', (outcome, expected) => {
  expect(settle(outcome)).toEqual({ ...OPEN, reason: 'why', ...expected });
});

test('what is too large is sent again with its newest commit alone, and fails when that is too large', () => {
  const commits = ['1', '2', '3'].map((digit) => ({ id: oidOf(digit), message: digit }));
  const payload = SENT.payload && { ...SENT.payload, commits };

  const once = settle({ kind: 'too-large', reason: 'why' }, { ...SENT, payload });
  const twice = settle({ kind: 'too-large', reason: 'why' }, once);

  expect(once).toMatchObject({ state: 'queued', nextAttemptAt: null, payload: { commits: [commits[2]] } });
  expect(twice).toMatchObject({ state: 'failed', reason: 'why' });
  expect(settle({ kind: 'too-large', reason: 'why' }, { ...SENT, payload: null }).state).toBe('failed');
});
