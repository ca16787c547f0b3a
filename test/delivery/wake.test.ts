import { expect, test } from 'vitest';
import { makeBell } from '../../src/delivery/bell.ts';
import { lastWake, wakeOwner } from '../../src/delivery/wake.ts';
import { until } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

test('each time that somebody asks is told from the one before', async () => {
  const spool = { root: await scratchFolder() };
  expect(await lastWake(spool)).toBeNull();

  await wakeOwner(spool);
  const first = await lastWake(spool);
  // File systems date in steps; a wake within one step of another asks for nothing more.
  await until('a later date', async () => {
    await wakeOwner(spool);
    return (await lastWake(spool)) !== first;
  });

  expect(first).not.toBeNull();
  expect(await lastWake(spool)).not.toBe(first);
});

test('a ring is told once, and wakes who was named last', () => {
  const bell = makeBell();
  const woken: string[] = [];
  bell.ring();
  bell.wakes(() => woken.push('one'));
  bell.wakes(() => woken.push('two'));

  bell.ring();
  bell.ring();

  expect(woken).toEqual(['two', 'two']);
  expect([bell.wasRung(), bell.wasRung()]).toEqual([true, false]);
});
