import { expect, test } from 'vitest';
import { accessTo } from '../../src/delivery/access.ts';
import { isSendable, startAttempt } from '../../src/delivery/attempt.ts';
import { LOOKS, backoffMs, lookDelayMs } from '../../src/delivery/backoff.ts';
import { entryOf } from '../../src/delivery/entry.ts';
import { firstInLine, isInLine, isReached, laneOf } from '../../src/delivery/lanes.ts';
import { oidOf } from '../fixtures/oid.ts';
import { authorizerFor } from '../fixtures/authorizer.ts';
import { pushEvent } from '../fixtures/push-event.ts';

const MIN = 60_000;
const HOUR = 3_600_000;

test.each([
  [1, 5000],
  [2, 30_000],
  [3, 2 * MIN],
  [4, 10 * MIN],
  [5, 30 * MIN],
  [6, 2 * HOUR],
  [7, 6 * HOUR],
  [8, 12 * HOUR],
  [9, 12 * HOUR],
  [500, 12 * HOUR],
])('after %i attempts the wait is %i ms, a fifth more or less', (attempts, ms) => {
  expect(backoffMs(attempts, 0, () => 0.5)).toBe(ms);
  expect(backoffMs(attempts, 0, () => 0)).toBe(ms * 0.8);
  expect(backoffMs(attempts, 0, () => 0.999_999_9)).toBeCloseTo(ms * 1.2, -1);
});

test('the first four waits are sat out in the background: less than a quarter of an hour', () => {
  const waits = [1, 2, 3, 4].map((attempts) => backoffMs(attempts, 0, () => 0.5));

  expect(waits.reduce((sum, ms) => sum + ms)).toBe(755_000);
});

test.each([
  ['more', 90_000, 90_000],
  ['less', 1000, 5000],
])('the service’s wish counts when it is %s than our own', (_, afterMs, expected) => {
  expect(backoffMs(1, afterMs, () => 0.5)).toBe(expected);
});

test.each([
  ['the same', {}, true],
  ['another job', { job: { id: 'x', name: 'ci' } }, false],
  ['another name of the same job', { job: { ...pushEvent(1).job, name: 'x' } as never }, true],
  ['another ref', { ref: 'refs/heads/x' }, false],
  ['another remote', { remote: 'up' }, false],
  ['no job', { job: null }, false],
])('of %s the order is kept, or not', (_, more, isSame) => {
  expect(laneOf(pushEvent(2, more)) === laneOf(pushEvent(1))).toBe(isSame);
});

test('names that only look alike when put together are different lanes', () => {
  expect(laneOf(pushEvent(1, { remote: 'a', ref: 'b","c' }))).not.toBe(
    laneOf(pushEvent(1, { remote: 'a","b', ref: 'c' })),
  );
});

/** Events of one branch: `[seq, startedAt, before, after]`, the values by their digit. */
function lane(...rows: readonly (readonly [number, number, string, string])[]) {
  return rows.map(([seq, startedAt, before, after]) =>
    entryOf(pushEvent(seq, { startedAt, before: oidOf(before), after: oidOf(after) })),
  );
}

test.each([
  ['the order in which they were begun', 2, lane([3, 60, '1', '2'], [2, 50, '3', '4'])],
  ['of two begun at once the order of arrival', 2, lane([3, 50, '1', '2'], [2, 50, '3', '4'])],
  [
    'the values, where the clock was set back between',
    1,
    lane([1, 90, 'a', 'b'], [2, 50, 'b', 'c'], [3, 40, 'c', 'd']),
  ],
  [
    'when they go in a circle, the order in which they were begun',
    1,
    lane([1, 50, 'a', 'b'], [2, 60, 'b', 'a'], [3, 70, 'a', 'b']),
  ],
  ['a circle with a way out likewise', 1, lane([1, 50, 'a', 'b'], [2, 60, 'b', 'a'], [3, 70, 'a', 'c'])],
])('the first of a lane is told by %s', (_, seq, entries) => {
  for (const order of [entries, entries.toReversed()]) expect(firstInLine(order)?.seq).toBe(seq);
});

test('an empty lane has no first', () => {
  expect(firstInLine([])).toBeNull();
});

test.each([
  ['queued', true],
  ['ambiguous', true],
  ['sending', true],
  ['held', false],
] as const)('what is %s keeps later pushes of its lane waiting: %s', (state, expected) => {
  expect(isInLine({ state })).toBe(expected);
});

test.each([
  [null, true],
  [99, true],
  [100, true],
  [101, false],
  [100 + 24 * HOUR, false],
  // Set by a clock that was ahead: nothing is ever made to wait for so long.
  [101 + 24 * HOUR, true],
])('a time of %s has come at 100: %s', (at, expected) => {
  expect(isReached(at, 100)).toBe(expected);
});

test('the build history is asked after 5 seconds, 30 seconds and 2 minutes', () => {
  expect([0, 1, 2].map(lookDelayMs)).toEqual([5000, 30_000, 2 * MIN]);
  expect(LOOKS).toBe(3);
});

test.each([
  ['the endpoint of this process', 'https://h', 'https://h', { CODEARTS_HOOKS_TOKEN: 't' }, 'ready'],
  ['another endpoint', 'https://h', 'https://other', { CODEARTS_HOOKS_TOKEN: 't' }, 'held: login'],
  [
    'an endpoint, while this process has none',
    'https://h',
    null,
    { CODEARTS_HOOKS_TOKEN: 't' },
    'held: login',
  ],
  ['no endpoint', null, 'https://h', { CODEARTS_HOOKS_TOKEN: 't' }, 'held: endpoint'],
  ['no endpoint, as for this process', null, null, { CODEARTS_HOOKS_TOKEN: 't' }, 'held: endpoint'],
  ['the endpoint, without a token', 'https://h', 'https://h', {}, 'held: login'],
  [
    'the endpoint, with a malformed token',
    'https://h',
    'https://h',
    { CODEARTS_HOOKS_TOKEN: 'a b' },
    'held: login',
  ],
])('an event for %s may be sent, or not', async (...[, endpoint, own, env, expected]) => {
  const access = await accessTo(pushEvent(1, { endpoint }), authorizerFor(own, env));

  expect(access.kind === 'held' ? `held: ${access.hold}` : access.kind).toBe(expected);
});

test.each([
  [{}, true],
  [{ job: null }, false],
  [{ endpoint: null }, false],
  [{ payload: null }, false],
])('an event with %j can be sent: %s', (more, expected) => {
  expect(isSendable(pushEvent(1, more))).toBe(expected);
});

test('an attempt is recorded as open before the request leaves', () => {
  expect(startAttempt(1_767_225_600_123)).toEqual({
    at: '2026-01-01T00:00:00.123Z',
    durationMs: null,
    httpStatus: null,
    errorCode: null,
    requestId: null,
    outcome: 'ambiguous',
  });
});
