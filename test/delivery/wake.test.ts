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

test('a ring is heard by who waits, and by who waits after it', async () => {
  const bell = makeBell();
  const waiting = bell.heard();

  bell.ring();

  await waiting;
  await bell.heard();
});

test('after a reset only later rings are heard', async () => {
  const bell = makeBell();
  bell.ring();
  bell.reset();
  const heard = async (): Promise<string> => {
    await bell.heard();
    return 'heard';
  };

  expect(await Promise.race([heard(), Promise.resolve('not yet')])).toBe('not yet');
  const waiting = heard();
  bell.ring();

  expect(await waiting).toBe('heard');
});
