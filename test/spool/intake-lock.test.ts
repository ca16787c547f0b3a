import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { tryLock, waitForLock } from '../../src/platform/lock.ts';
import { withIntakeLock } from '../../src/spool/intake-lock.ts';
import { type Spool, openSpool } from '../../src/spool/spool.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { until } from '../fixtures/run.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const CLOCK = {
  now: () => Date.now(),
  sleep: async (ms: number): Promise<void> => await setTimeout(ms),
};

async function makeSpool(): Promise<{ readonly spool: Spool; readonly folder: string }> {
  const spool = await openSpool(join(await scratchFolder(), 'codearts-hooks'));
  return { spool, folder: join(spool.root, 'lock', 'intake') };
}

async function epochs(folder: string): Promise<number[]> {
  return (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);
}

test('those of one process have their turns in order, and take the lock once', async () => {
  const { spool, folder } = await makeSpool();
  const order: string[] = [];

  const turns = [1, 2, 3, 4].map(async (number) => {
    await withIntakeLock(spool, CLOCK, async () => {
      order.push(`${number} begins`);
      await setTimeout(1);
      order.push(`${number} ends`);
    });
  });
  await Promise.all(turns);

  expect(order).toEqual([1, 2, 3, 4].flatMap((number) => [`${number} begins`, `${number} ends`]));
  expect(await epochs(folder)).toEqual([1]);
  expect(await tryLock(folder, CLOCK)).not.toBeNull();
});

test('one that fails hands on to the next all the same', async () => {
  const { spool, folder } = await makeSpool();
  const failing = withIntakeLock(spool, CLOCK, () => Promise.reject(new Error('a full disk')));
  let isDone = false;
  const next = withIntakeLock(spool, CLOCK, async () => {
    isDone = true;
  });

  await expect(failing).rejects.toThrow('a full disk');
  expect(await next).toBe(true);
  expect(isDone).toBe(true);
  expect(await tryLock(folder, CLOCK)).not.toBeNull();
});

test('another process that waits has its turn before all of this one have had theirs', async () => {
  const { spool, folder } = await makeSpool();
  let count = 0;
  const ours = Array.from({ length: 400 }, async () => {
    await withIntakeLock(spool, CLOCK, async () => {
      await setTimeout(1);
      count += 1;
    });
  });

  await until('the first turns', async () => count > 5);
  const theirs = await waitForLock(folder, CLOCK, 60_000);
  const countThen = count;
  await theirs?.release();
  await Promise.all(ours);

  expect(theirs).not.toBeNull();
  expect(countThen).toBeGreaterThan(5);
  expect(countThen).toBeLessThan(400);
  expect(count).toBe(400);
  expect(await readdir(folder)).not.toContain('wanted');
});

test('what was overtaken in a turn is taken anew for the next', async () => {
  const { spool, folder } = await makeSpool();
  const first = withIntakeLock(spool, CLOCK, async () => {
    // As after a freeze of many minutes: another has had it, and given it back.
    await writeFile(join(folder, '7'), '');
    await writeFile(join(folder, '7.free'), '');
  });
  const second = withIntakeLock(spool, CLOCK, async () => {
    expect(await epochs(folder)).toEqual([8]);
  });

  expect(await Promise.all([first, second])).toEqual([true, true]);
});

test('all that stand in line have one deadline', async () => {
  const { spool, folder } = await makeSpool();
  const clock = fakeClock();
  expect(await tryLock(folder, clock)).not.toBeNull();
  const startedAt = clock.now();

  const turns = [1, 2, 3, 4, 5].map(async () => await withIntakeLock(spool, clock, async () => undefined));

  expect(await Promise.all(turns)).toEqual([false, false, false, false, false]);
  expect(clock.now() - startedAt).toBeLessThan(70_000);
});
