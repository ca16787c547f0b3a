import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startAttempt } from '../../src/delivery/attempt.ts';
import { makeBell } from '../../src/delivery/bell.ts';
import { wakeOwner } from '../../src/delivery/wake.ts';
import { saveEvent } from '../../src/spool/shelves.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { until } from '../fixtures/run.ts';
import { makePostOffice, ownBranch } from './post-office.ts';

test('pushes of one branch arrive in their order, and wait for one that has to wait', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'none' }, { kind: 'unavailable' }]);
  await office.put(4);

  await office.deliver();

  expect(office.built()).toEqual(['push 1', 'push 2', 'push 3', 'push 4']);
});

test('a push that is sent, refused for now and put back while the queue is being read keeps its place', async () => {
  const office = await makePostOffice(fakeClock());
  office.sandbox.setFaults(Array.from({ length: 16 }, (_, n) => ({ kind: n % 2 ? 'none' : 'unavailable' })));
  const seqs = await office.put(8);
  await office.put(20, () => ({ state: 'held', hold: 'config' }));

  await office.deliver();

  expect(office.built()).toEqual(seqs.map((seq) => `push ${seq}`));
});

test('a branch that has to wait keeps no other waiting', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'unavailable' }]);
  await office.put(1, ownBranch);
  await office.put(2, () => ({ ref: 'refs/heads/other' }));

  await office.deliver();

  expect(office.built()).toEqual(['push 2', 'push 3', 'push 1']);
});

test('what is delivered while a long queue is being read is not sent again', async () => {
  const office = await makePostOffice(fakeClock());
  await office.put(12, ownBranch);
  await office.put(300, () => ({ state: 'held', hold: 'config' }));

  await office.deliver();

  expect(office.sandbox.requests()).toHaveLength(12);
});

test('two that deliver at once send each event once', async () => {
  const office = await makePostOffice();
  await office.put(30, (seq) => ({ ref: `refs/heads/b${seq % 5}` }));

  await Promise.all([office.deliver(), office.deliver(), office.deliver()]);

  expect(new Set(office.built()).size).toBe(30);
  expect(office.sandbox.requests()).toHaveLength(30);
  expect(new Set(await office.states())).toEqual(new Set(['delivered']));
});

test('a request that was on its way when its process was killed is open, and looked for before it is sent again', async () => {
  const office = await makePostOffice();
  await office.put(1, () => ({ state: 'sending', attempts: [startAttempt(office.clock.now())] }));

  await office.deliver({ stayUntil: office.clock.now() });

  expect(await office.states()).toEqual(['ambiguous']);
  expect((await office.event(1)).reason).toBe('the process that sent it was killed');
  expect(office.sandbox.requests()).toEqual([]);
  await office.deliver();
  expect(office.looks()).toBe(3);
  expect(office.built()).toEqual(['push 1']);
});

test('an event whose move was cut in two by a crash is not sent again', async () => {
  const office = await makePostOffice();
  await office.put(1);
  await office.deliver();
  await office.put(0);
  await saveEvent(office.spool, pushEvent(1, { endpoint: office.sandbox.url }));

  await office.deliver();

  expect(await office.states()).toEqual(['delivered']);
  expect(office.sandbox.requests()).toHaveLength(1);
});

test('the service’s Retry-After is kept, whoever asks', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'throttled', retryAfterSeconds: 90 }]);
  await office.put(1);
  const { clock } = office;

  await office.deliver({ stayUntil: clock.now() + 1000 });
  clock.advance(80_000);
  await office.deliver({ stayUntil: clock.now() + 1000 });
  expect(office.sandbox.requests()).toHaveLength(1);
  clock.advance(10_000);
  await office.deliver({ stayUntil: clock.now() + 1000 });

  expect(await office.states()).toEqual(['delivered']);
});

test('whoever asks tries what waits for its back-off at once; else it waits', async () => {
  const office = await makePostOffice();
  const nextAttemptAt = office.clock.now() + 3_600_000;
  await office.put(1, () => ({ nextAttemptAt }));

  await office.deliver({ isWake: false, stayUntil: office.clock.now() });
  expect(office.sandbox.requests()).toHaveLength(0);
  await office.deliver({ isWake: true, stayUntil: office.clock.now() });

  expect(await office.states()).toEqual(['delivered']);
});

test('another that asks has the one that delivers try now what it lets wait', async () => {
  const office = await makePostOffice(fakeClock(async () => true));
  office.sandbox.setFaults([{ kind: 'unavailable' }]);
  await office.put(1);
  const startedAt = office.clock.now();
  const owner = office.deliver({ stayUntil: startedAt + 3_600_000 });
  await until('the first attempt', async () => (await office.event(1)).attempts.length === 1);

  await wakeOwner(office.spool);
  await owner;

  expect(await office.states()).toEqual(['delivered']);
});

test('what is put in while more may come is delivered, before the end is waited for', async () => {
  const office = await makePostOffice();
  const bell = makeBell();
  let end = (): void => undefined;
  const running = office.deliver({
    bell,
    stayUntil: office.clock.now(),
    until: new Promise<void>((resolve) => {
      end = resolve;
    }),
  });

  await office.put(1);
  bell.ring();
  await until('the build', async () => office.built().length === 1);
  end();
  await running;

  expect(await office.states()).toEqual(['delivered']);
});

test('what feeds the queue may fail: what there is, is delivered', async () => {
  const office = await makePostOffice();
  await office.put(1);

  await office.deliver({ until: Promise.reject(new Error('the settling failed')) });

  expect(await office.states()).toEqual(['delivered']);
});

test('what came of a request is told as a failure when it cannot be written down, and is open afterwards', async () => {
  const office = await makePostOffice();
  await office.put(2);
  const done = join(office.spool.root, 'done');
  await rm(done, { recursive: true });
  await writeFile(done, 'a file where a folder should be');

  await expect(office.deliver()).rejects.toMatchObject({ code: 'ENOTDIR' });
  await rm(done);
  await mkdir(done);
  await office.deliver();

  expect(office.built()).toEqual(['push 1', 'push 2']);
  expect(await office.states()).toEqual(['delivered', 'delivered']);
  expect((await office.event(1)).reason).toContain('found in the history');
});
