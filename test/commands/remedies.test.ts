import { expect, test } from 'vitest';
import { remedyOf, troublesOf } from '../../src/commands/remedies.ts';
import { type TrackedRow, rowOf } from '../../src/commands/rows.ts';
import type { PushEvent } from '../../src/event/push-event.ts';
import { pushEvent } from '../fixtures/push-event.ts';

let serial = 0;

function tracked(more: Partial<PushEvent>): TrackedRow {
  serial += 1;
  const event = pushEvent(serial, { id: `${serial}`.padStart(12, 'a'), ...more });
  const { noteId, pushProcess } = event;
  return { row: rowOf(event), noteId, pushProcess, event, isSettling: false };
}

test('what waits for one reason has one remedy, however many there are', () => {
  const held = { state: 'held', hold: 'login', reason: 'no credentials for h' } as const;

  expect(troublesOf([tracked(held), tracked(held), tracked({ state: 'delivered' })])).toEqual([
    { words: '2 triggers wait: no credentials for h', remedy: 'codearts-hooks login' },
  ]);
});

test('what has failed for different reasons has a remedy for each', () => {
  const troubles = troublesOf([
    tracked({ state: 'failed', reason: 'no such job' }),
    tracked({ state: 'failed', reason: 'too large' }),
    tracked({ state: 'failed', reason: 'too large' }),
  ]);

  expect(troubles).toEqual([
    {
      words: '1 trigger has failed: no such job',
      remedy: expect.stringMatching(/^codearts-hooks show a{7}$/),
    },
    {
      words: '2 triggers have failed: too large',
      remedy: expect.stringMatching(/^codearts-hooks show a{7}$/),
    },
  ]);
});

test.each([
  ['config', 'codearts-hooks doctor'],
  ['untrusted', 'codearts-hooks trust'],
  ['endpoint', 'codearts-hooks doctor'],
  ['login', 'codearts-hooks login'],
  ['permission', 'codearts-hooks show aaaaaaa'],
  ['too-many', 'codearts-hooks redeliver aaaaaaa'],
  ['unknown', 'codearts-hooks redeliver aaaaaaa'],
] as const)('what is held for %s is mended by %s', (hold, remedy) => {
  expect(remedyOf(tracked({ state: 'held', hold, reason: 'why' }))).toEqual({
    words: '1 trigger waits: why',
    remedy,
  });
});

test('what has expired can be sent again, one or all', () => {
  const expired = { state: 'expired', reason: 'not delivered within three days' } as const;

  expect(remedyOf(tracked(expired))?.remedy).toBe('codearts-hooks redeliver aaaaaaa');
  expect(troublesOf([tracked(expired), tracked(expired)])[0]).toEqual({
    words: '2 triggers have expired',
    remedy: 'codearts-hooks redeliver --failed',
  });
});

test('what is well, or on its way, is no trouble', () => {
  const states = ['delivered', 'queued', 'sending', 'ambiguous', 'skipped', 'superseded'] as const;

  expect(states.map((state) => remedyOf(tracked({ state })))).toEqual(states.map(() => null));
});
