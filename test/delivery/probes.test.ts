import { expect, test } from 'vitest';
import { Probes } from '../../src/delivery/probes.ts';
import type { PushEvent } from '../../src/event/push-event.ts';
import { pushEvent } from '../fixtures/push-event.ts';

function held(seq: number, hold: 'login' | 'permission', job = 'a'): PushEvent {
  return pushEvent(seq, { state: 'held', hold, job: { id: job.repeat(32), name: job } });
}

test('of one cause one passes; credentials are one cause for all jobs, a right is one for each', () => {
  const probes = new Probes();
  const events = [
    held(1, 'login'),
    held(2, 'login', 'b'),
    held(3, 'permission'),
    held(4, 'permission'),
    held(5, 'permission', 'b'),
  ];

  expect(events.map((event) => probes.mayPass(event))).toEqual([true, false, true, false, true]);
});

test.each([
  ['delivered', { state: 'delivered', hold: null }, true, true],
  ['rejected for itself', { state: 'failed', hold: null }, true, true],
  ['held for a right, so that who we are is taken', { state: 'held', hold: 'permission' }, true, true],
  ['refused again', { state: 'held', hold: 'login' }, false, false],
  ['to be tried later', { state: 'queued', hold: null }, false, false],
] as const)('after one that is %s', (_name, outcome, isForOthers, mayAllPass) => {
  const probes = new Probes();
  const [first, second, third] = [held(1, 'login'), held(2, 'login'), held(3, 'login')];
  probes.mayPass(first);

  expect(probes.settle(first.id, outcome)).toBe(isForOthers);
  expect([probes.mayPass(second), probes.mayPass(third)]).toEqual([mayAllPass, mayAllPass]);
});

test.each([
  ['gone', null],
  ['discarded', { state: 'skipped', hold: null }],
] as const)('in place of one that is %s the next is tried, and no more', (_name, outcome) => {
  const probes = new Probes();
  const [first, second, third] = [held(1, 'login'), held(2, 'login'), held(3, 'login')];
  probes.mayPass(first);

  expect(probes.settle(first.id, outcome)).toBe(true);
  expect([probes.mayPass(second), probes.mayPass(third)]).toEqual([true, false]);
});

test('what was no probe tells nothing, and after a reset all is open', () => {
  const probes = new Probes();
  probes.mayPass(held(1, 'login'));

  expect(probes.settle(held(2, 'login').id, { state: 'delivered', hold: null })).toBe(false);
  expect(probes.mayPass(held(2, 'login'))).toBe(false);
  probes.reset();
  expect(probes.mayPass(held(2, 'login'))).toBe(true);
});
