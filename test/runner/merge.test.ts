import { expect, test } from 'vitest';
import type { PushEvent } from '../../src/event/push-event.ts';
import type { ConfirmedUpdate } from '../../src/runner/fan-out.ts';
import type { Rival } from '../../src/push/rivals.ts';
import { isAlreadySeen } from '../../src/runner/merge.ts';
import { oidOf } from '../fixtures/oid.ts';
import { pushEvent } from '../fixtures/push-event.ts';

const [A, B, C] = [oidOf('a'), oidOf('b'), oidOf('c')];
const MAIN = 'refs/heads/main';

/** A push from A to B that was in flight from 1,000 to 2,000. */
function update(more: Partial<ConfirmedUpdate> = {}): ConfirmedUpdate {
  const one = { ref: MAIN, before: A, after: B, localRef: MAIN };
  return {
    update: one,
    evidence: 'reflog',
    source: 'push',
    noteId: '1.2@1000',
    startedAt: 1000,
    endedAt: 2000,
    pushProcess: '1 100 boot',
    remote: 'origin',
    url: 'https://host/r.git',
    siblings: [one],
    ...more,
  };
}

/** The event of the same push as another hook, or another terminal, has seen it. */
function event(more: Partial<PushEvent> = {}): PushEvent {
  return pushEvent(1, {
    noteId: '3.4@1500',
    startedAt: 1500,
    endedAt: 2500,
    evidence: 'remote',
    pushProcess: '3 300 boot',
    before: A,
    after: B,
    ...more,
  });
}

test.each<[string, boolean, Partial<PushEvent>]>([
  ['in flight at the same time', true, {}],
  ['that ended as this one began', true, { startedAt: 500, endedAt: 1000 }],
  ['over before this one began', false, { startedAt: 500, endedAt: 999 }],
  ['begun after this one was over', false, { startedAt: 2001, endedAt: 2500 }],
  ['of the same process, whenever', true, { startedAt: 0, endedAt: 1, pushProcess: '1 100 boot' }],
  ['of the same note: its other job', false, { noteId: '1.2@1000' }],
  ['to another address', false, { url: 'https://host/other.git' }],
  ['of another ref', false, { ref: 'refs/heads/topic' }],
  ['from another value', false, { before: C }],
  ['to another value', false, { after: C }],
  ['of an annotated tag that leads there', true, { tag: B, after: C }],
  ['of another tag that leads there', false, { tag: C, after: B }],
  ['fed in by hand', false, { source: 'manual' }],
])('an event %s: is it the same push? %s', (_, expected, more) => {
  expect(isAlreadySeen(update(), [event(more)], [])).toBe(expected);
});

test('two that git itself has recorded as accepted are two pushes, however close', () => {
  const own = update({ evidence: 'transaction' });

  expect(isAlreadySeen(own, [event({ evidence: 'transaction' })], [])).toBe(false);
  expect(isAlreadySeen(own, [event()], [])).toBe(true);
});

test.each<[string, boolean, Partial<Rival>]>([
  ['from the new value, between the two', false, {}],
  ['from the new value, after both', true, { startedAt: 1600 }],
  ['from the new value, before both', true, { startedAt: 900 }],
  ['from another value', true, { before: C }],
  ['of another ref', true, { ref: 'refs/heads/topic' }],
  ['to another address', true, { url: 'https://host/other.git' }],
])('with a push %s: are the two one? %s', (_, expected, more) => {
  const between: Rival = {
    url: 'https://host/r.git',
    ref: MAIN,
    before: B,
    after: A,
    startedAt: 1200,
    endedAt: null,
    pushProcess: null,
    evidence: null,
    ...more,
  };

  expect(isAlreadySeen(update(), [event()], [between])).toBe(expected);
});
