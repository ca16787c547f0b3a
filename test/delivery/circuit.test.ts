import { expect, test } from 'vitest';
import type { Outcome } from '../../src/codearts/outcome.ts';
import { startAttempt } from '../../src/delivery/attempt.ts';
import { Circuit } from '../../src/delivery/circuit.ts';
import { entryOf } from '../../src/delivery/entry.ts';
import { settleAttempt } from '../../src/delivery/settle-attempt.ts';
import { pushEvent } from '../fixtures/push-event.ts';

const NOW = 1_000_000;
const BUILD = { jobName: 'j', number: '1', dailyNumber: '1' };
const ACCEPTED: Outcome = { kind: 'accepted', build: BUILD };
const DOWN: Outcome = { kind: 'retry', reason: 'the service could not be reached', afterMs: 0 };

/** Records an outcome as a step would. */
function record(
  circuit: Circuit,
  outcome: Outcome,
  { jobId = 'a', httpStatus = null as number | null } = {},
): void {
  const event = pushEvent(1, {
    job: { id: jobId, name: jobId },
    attempts: [{ ...startAttempt(NOW), httpStatus, outcome: 'retry' }],
  });
  circuit.record(outcome, settleAttempt(event, outcome, { now: NOW, random: () => 0.5 }));
}

test('until a request was taken one is made at a time, then several', () => {
  const circuit = new Circuit();
  expect(circuit.most).toBe(1);

  record(circuit, ACCEPTED, { httpStatus: 200 });

  expect(circuit.most).toBe(4);
});

test('refused credentials are refused for every job', () => {
  const circuit = new Circuit();

  record(circuit, { kind: 'held', hold: 'login', reason: 'no' }, { httpStatus: 401 });

  expect(circuit.refusalFor('b')).toEqual({ kind: 'held', hold: 'login', reason: 'no' });
  expect(circuit.most).toBe(1);
});

test('an endpoint that redirects does so for every job', () => {
  const circuit = new Circuit();

  record(circuit, { kind: 'held', hold: 'config', reason: 'a redirect' }, { httpStatus: 302 });

  expect(circuit.refusalFor('b')).toMatchObject({ hold: 'config' });
});

test('a right that is lacking is lacking for that job alone', () => {
  const circuit = new Circuit();

  record(circuit, { kind: 'held', hold: 'permission', reason: 'no' }, { httpStatus: 403 });

  expect(circuit.refusalFor('a')).toMatchObject({ hold: 'permission' });
  expect(circuit.refusalFor('b')).toBeNull();
  expect(circuit.most).toBe(4);
});

test('a service that is down is left alone after three failures in a row, until it is asked again', () => {
  const circuit = new Circuit();
  record(circuit, DOWN);
  record(circuit, DOWN);
  expect(circuit.pauseOf('b', NOW)).toBeNull();

  record(circuit, DOWN);

  expect(circuit.pauseOf('b', NOW)).toBe(NOW + 5000);
  expect(circuit.pauseOf('b', NOW + 5000)).toBeNull();
  expect(circuit.most).toBe(1);
  circuit.close();
  expect(circuit.pauseOf('b', NOW)).toBeNull();
});

test('one success ends the count of failures', () => {
  const circuit = new Circuit();
  for (const outcome of [DOWN, DOWN, ACCEPTED, DOWN, DOWN]) record(circuit, outcome, { httpStatus: null });

  expect(circuit.pauseOf('a', NOW)).toBeNull();
});

test('lost answers count as failures, answers that say nothing do not', () => {
  const circuit = new Circuit();
  for (const httpStatus of [502, 502, 502])
    record(circuit, { kind: 'ambiguous', reason: 'x' }, { httpStatus });
  expect(circuit.pauseOf('a', NOW)).toBeNull();

  for (const httpStatus of [null, null, null])
    record(circuit, { kind: 'ambiguous', reason: 'x' }, { httpStatus });

  expect(circuit.pauseOf('a', NOW)).toBe(NOW + 5000);
});

test('the gateway’s patience is for all, the service’s "too frequent" for the job', () => {
  const gateway = new Circuit();
  const service = new Circuit();
  const later: Outcome = { kind: 'retry', reason: 'later', afterMs: 60_000 };

  record(gateway, later, { httpStatus: 429 });
  record(service, later, { httpStatus: 400 });

  expect([gateway.pauseOf('a', NOW), gateway.pauseOf('b', NOW)]).toEqual([NOW + 60_000, NOW + 60_000]);
  expect([service.pauseOf('a', NOW), service.pauseOf('b', NOW)]).toEqual([NOW + 60_000, null]);
  gateway.close();
  expect(gateway.pauseOf('a', NOW)).toBe(NOW + 60_000);
});

test('what the gateway has told an earlier process is kept', () => {
  const circuit = new Circuit();
  const told = { notBefore: NOW + 9000, attempts: [{ ...startAttempt(1), httpStatus: 429 }] };

  circuit.remember(entryOf(pushEvent(1, { notBefore: NOW + 7000 })));
  expect(circuit.pauseOf('b', NOW)).toBeNull();
  circuit.remember(entryOf(pushEvent(1, told)));

  expect(circuit.pauseOf('b', NOW)).toBe(NOW + 9000);
  // By a clock that was set back since.
  expect(circuit.pauseOf('b', NOW - 2 * 86_400_000)).toBeNull();
});
