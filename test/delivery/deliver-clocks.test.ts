import { expect, test } from 'vitest';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { closedPort } from '../fixtures/raw-server.ts';
import { makePostOffice, ownBranch } from './post-office.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

test.each([2, -2])('a clock that jumps by %i days between attempts keeps nothing waiting', async (days) => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'unavailable' }]);
  await office.put(2, () => ({ queuedAt: office.clock.now() }));
  await office.deliver({ stayUntil: office.clock.now() });
  expect(await office.states()).toEqual(['queued', 'queued']);

  office.clock.advance(days * DAY);
  await office.deliver({ isWake: false, stayUntil: office.clock.now() });

  expect(office.built()).toEqual(['push 1', 'push 2']);
});

test.each([2, -2])('a clock that jumps by %i days after a lost answer doubles nothing', async (days) => {
  let isStanding = true;
  const office = await makePostOffice(fakeClock(async () => isStanding));
  office.sandbox.setFaults([{ kind: 'lost-reply' }]);
  await office.put(1, () => ({ queuedAt: office.clock.now() }));
  await office.deliver({ stayUntil: office.clock.now() });
  expect(await office.states()).toEqual(['ambiguous']);

  office.clock.advance(days * DAY);
  isStanding = false;
  await office.deliver();

  expect(await office.states()).toEqual(['delivered']);
  expect(office.sent()).toHaveLength(1);
});

test('what is not delivered within three days expires, and is kept with its reason', async () => {
  const office = await makePostOffice();
  await office.put(1, () => ({
    queuedAt: office.clock.now() - 72 * HOUR - 1,
    reason: 'the service was down',
  }));
  await office.put(1, (seq) => ({ ...ownBranch(seq), queuedAt: office.clock.now() - 72 * HOUR + 60_000 }));
  await office.put(1, (seq) => ({
    ...ownBranch(seq),
    queuedAt: office.clock.now() - 73 * HOUR,
    state: 'held',
    hold: 'login',
  }));

  await office.deliver();

  expect(await office.states()).toEqual(['expired', 'delivered', 'expired']);
  expect((await office.event(1)).reason).toBe('not delivered within three days: the service was down');
});

test('of forty pushes in three days without a network all that are not too old are built, in order', async () => {
  const office = await makePostOffice(fakeClock(async () => true));
  const nowhere = `http://127.0.0.1:${await closedPort()}`;
  for (let n = 0; n < 40; n += 1) {
    await office.put(1, () => ({
      endpoint: nowhere,
      queuedAt: office.clock.now(),
      startedAt: office.clock.now(),
    }));
    await office.deliver({ endpoint: nowhere, stayUntil: office.clock.now() });
    office.clock.advance(Math.floor((72 * HOUR) / 38));
  }

  // The network is back: the same service by a name that answers.
  const events = (await office.states()).length;
  for (let seq = 1; seq <= events; seq += 1) {
    const event = await office.event(seq);
    if (event.state === 'queued') await office.save({ ...event, endpoint: office.sandbox.url });
  }
  await office.deliver();

  const states = await office.states();
  expect(states.slice(0, 2)).toEqual(['expired', 'expired']);
  expect(new Set(states.slice(2))).toEqual(new Set(['delivered']));
  expect(office.built()).toEqual(Array.from({ length: 38 }, (_, index) => `push ${index + 3}`));
});

test('a service that is down costs three requests, however much waits', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults(Array.from({ length: 50 }, () => ({ kind: 'unavailable' })));
  await office.put(30, ownBranch);

  await office.deliver({ stayUntil: office.clock.now() });

  expect(office.sandbox.requests()).toHaveLength(3);
  expect(new Set(await office.states())).toEqual(new Set(['queued']));
});

test('a lost answer keeps later pushes of its branch waiting until it is known', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'reset-before-reply' }]);
  await office.put(2);
  await office.put(1, ownBranch);

  await office.deliver();

  expect(office.built()).toEqual(['push 3', 'push 1', 'push 2']);
});

test('two events of one job and commit each get a build of their own', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'lost-reply' }, { kind: 'lost-reply' }, { kind: 'lost-reply' }]);
  await office.put(3, (seq) => ({ ...ownBranch(seq), payload: payloadFor(seq) }));

  await office.deliver();

  const events = await Promise.all([1, 2, 3].map(async (seq) => await office.event(seq)));
  expect(new Set(events.map(({ state }) => state))).toEqual(new Set(['delivered']));
  expect(new Set(events.map(({ build }) => build?.number)).size).toBe(3);
  expect(office.sent()).toHaveLength(3);
});

/** Without a ref, as a record without a branch: only their numbers tell the builds apart. */
function payloadFor(seq: number) {
  const { payload } = pushEvent(seq);
  return payload && { ...payload, ref: `refs/heads/b${seq}` };
}

test('where the history may not be read, `hold` waits for the user', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'lost-reply' }]);
  office.sandbox.setHistoryAccess('forbidden');
  await office.put(1, () => ({ onUnknown: 'hold' }));
  await office.put(1);

  await office.deliver();

  expect(await office.states()).toEqual(['held: unknown', 'delivered']);
  expect(office.built()).toEqual(['push 1', 'push 2']);
});

test('where it may not be read, `resend` sends again and says that it may be double', async () => {
  const office = await makePostOffice();
  office.sandbox.setFaults([{ kind: 'lost-reply' }]);
  office.sandbox.setHistoryAccess('forbidden');
  await office.put(1);

  await office.deliver();

  expect(await office.event(1)).toMatchObject({
    state: 'delivered',
    isResent: true,
    reason: 'sent again after an answer was lost: it may have been built twice',
  });
  expect(office.built()).toEqual(['push 1', 'push 1']);
});
