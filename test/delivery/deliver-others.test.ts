import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startAttempt } from '../../src/delivery/attempt.ts';
import { lockFolder } from '../../src/delivery/lock-folder.ts';
import { lastWake } from '../../src/delivery/wake.ts';
import { tryLock } from '../../src/platform/lock.ts';
import { saveEvent } from '../../src/spool/shelves.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { until } from '../fixtures/run.ts';
import { type PostOffice, makePostOffice } from './post-office.ts';

/** Somebody else takes the lock for as long as the test lasts. */
async function takeLock(office: PostOffice): Promise<void> {
  expect(await tryLock(lockFolder(office.spool), office.clock)).not.toBeNull();
}

test('while another delivers, this one looks what becomes of it, and goes when it has no more patience', async () => {
  const office = await makePostOffice();
  await office.put(1);
  await takeLock(office);
  const startedAt = office.clock.now();

  await office.deliver({ patienceMs: 3000 });

  expect(office.clock.now() - startedAt).toBeGreaterThanOrEqual(3000);
  expect(office.sandbox.requests()).toEqual([]);
});

test.each([
  ['it has not tried', {}, true],
  ['it has in hand', { state: 'sending' }, true],
  ['it has tried and lets wait', { attempts: [startAttempt(1)] }, false],
] as const)('this one waits for another that delivers to see what becomes of what %s', async (...row) => {
  const [, change, isWaited] = row;
  let isChanged = false;
  const office = await makePostOffice(fakeClock(async () => !isChanged));
  await office.put(1, () => ({ nextAttemptAt: office.clock.now() + 3_600_000 }));
  await takeLock(office);
  const startedAt = office.clock.now();
  const running = office.deliver({ patienceMs: 30_000, stayUntil: startedAt });

  await until('the other to be woken', () => lastWake(office.spool));
  await saveEvent(office.spool, { ...(await office.event(1)), ...change });
  isChanged = true;
  await running;

  expect(office.clock.now() - startedAt >= 30_000).toBe(isWaited);
});

test('who is to stay for retries stays for those of another that delivers, as long as its patience lasts', async () => {
  const office = await makePostOffice();
  await office.put(1, () => ({ nextAttemptAt: office.clock.now() + 3_600_000, attempts: [startAttempt(1)] }));
  await takeLock(office);
  const startedAt = office.clock.now();

  await office.deliver({ patienceMs: 10_000 });

  expect(office.clock.now() - startedAt).toBeGreaterThanOrEqual(10_000);
});

test('one that was overtaken sends nothing more', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'slow', ms: 3000 }]);
  await office.put(3);
  const running = office.deliver({ patienceMs: 0 });
  await until('the first request', async () => office.sandbox.requests().length === 1);

  await writeFile(join(lockFolder(office.spool), '99'), '');
  await running;

  expect(office.built()).toEqual(['push 1']);
  expect(await office.states()).toEqual(['delivered', 'queued', 'queued']);
});

test('one that is overtaken just before it sends does not', async () => {
  const office = await makePostOffice();
  await office.put(1);
  const env = {
    get CODEARTS_HOOKS_TOKEN() {
      writeFileSync(join(lockFolder(office.spool), '99'), '');
      return office.sandbox.token;
    },
  };

  await office.deliver({ patienceMs: 0 }, env);

  expect(office.sandbox.requests()).toEqual([]);
  expect(await office.states()).toEqual(['queued']);
});
