import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PushEvent } from '../../src/event/push-event.ts';
import { holdWaiting } from '../../src/spool/hold-waiting.ts';
import { readEvents, saveEvents } from '../../src/spool/shelves.ts';
import { openSpool } from '../../src/spool/spool.ts';
import { tryLock } from '../../src/platform/lock.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function spoolWith(events: readonly PushEvent[]) {
  const spool = await openSpool(join(await scratchFolder(), 'codearts-hooks'));
  await saveEvents(spool, events);
  return spool;
}

test.each<[Partial<PushEvent>, boolean]>([
  [{ state: 'queued' }, true],
  [{ state: 'held', hold: 'login' }, true],
  [{ state: 'held', hold: 'permission' }, true],
  [{ state: 'held', hold: 'too-many' }, false],
  [{ state: 'sending' }, false],
  [{ state: 'ambiguous' }, false],
  [{ state: 'queued', job: null }, false],
])('of %j is it held for an approval: %s', async (more, isHeld) => {
  const spool = await spoolWith([pushEvent(1, more)]);

  expect(await holdWaiting(spool, fakeClock())).toBe(true);

  const held = { state: 'held', hold: 'untrusted', reason: 'job ci is not approved on this machine' };
  expect(await readEvents(spool)).toMatchObject([isHeld ? held : more]);
});

test('where another process holds the queue nothing is changed, and it is told', async () => {
  const spool = await spoolWith([pushEvent(1)]);
  const clock = fakeClock();
  const lock = await tryLock(join(spool.root, 'lock', 'intake'), clock);

  expect(await holdWaiting(spool, clock)).toBe(false);

  await lock?.release();
  expect(await readEvents(spool)).toMatchObject([{ state: 'queued' }]);
});
