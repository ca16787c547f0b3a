import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Authorizer } from '../../src/codearts/authorize.ts';
import { startAttempt } from '../../src/delivery/attempt.ts';
import { lockFolder } from '../../src/delivery/lock-folder.ts';
import { wakeOwner } from '../../src/delivery/wake.ts';
import { tryLock } from '../../src/platform/lock.ts';
import { discard } from '../../src/runner/discard.ts';
import type { RunContext } from '../../src/runner/run-context.ts';
import { withIntakeLock } from '../../src/spool/intake-lock.ts';
import { readEvents, saveEvent } from '../../src/spool/shelves.ts';
import { authorizerFor } from '../fixtures/authorizer.ts';
import { until } from '../fixtures/run.ts';
import { type PostOffice, makePostOffice, ownBranch } from './post-office.ts';

/** What another command does to the queue while this process delivers. */
type Meanwhile = () => Promise<unknown>;

/** An authorizer that has something done once, while it is asked for access, or a request is under way. */
function interrupted(
  { sandbox, clock }: PostOffice,
  when: 'access' | 'send',
  meanwhile: Meanwhile,
): Authorizer {
  const real = authorizerFor(sandbox.url, { CODEARTS_HOOKS_TOKEN: sandbox.token }, { clock });
  let isDone = false;
  const once = async (): Promise<void> => {
    if (isDone) return;
    isDone = true;
    await meanwhile();
  };
  return {
    ...real,
    access: async (target) => {
      if (when === 'access') await once();
      const access = await real.access(target);
      if (access.kind !== 'ready' || when === 'access') return access;
      const send: typeof access.send = async (...letter) => {
        const result = await access.send(...letter);
        await once();
        return result;
      };
      return { ...access, send };
    },
  };
}

async function discardFirst({ spool, clock }: PostOffice): Promise<string> {
  let reason = 'not found';
  await withIntakeLock(spool, clock, async () => {
    const [event] = await readEvents(spool);
    if (event) reason = await discard(event, { spool } as RunContext);
  });
  return reason;
}

test('what is discarded while its credentials are looked for is not sent', async () => {
  const office = await makePostOffice();
  await office.put(1);
  let refusal = 'not asked';
  const authorizer = interrupted(office, 'access', async () => {
    refusal = await discardFirst(office);
  });

  await office.deliver({ authorizer });

  expect(refusal).toBe('');
  expect(await office.states()).toEqual(['skipped']);
  expect(office.sent()).toEqual([]);
});

test('what is discarded while the service is asked for its build stays so', async () => {
  const office = await makePostOffice();
  const attempts = [startAttempt(office.clock.now() - 5000)];
  await office.put(1, () => ({ state: 'ambiguous', looks: 9, reason: 'the answer was lost', attempts }));
  const authorizer = interrupted(office, 'send', () => discardFirst(office));

  await office.deliver({ authorizer });

  expect(await readEvents(office.spool)).toMatchObject([
    { state: 'skipped', reason: expect.stringContaining('discarded by you') },
  ]);
  expect(office.built()).toEqual([]);
});

test('what is being sent is not to be discarded, and keeps its build', async () => {
  const office = await makePostOffice();
  await office.put(1);
  let refusal = '';
  const authorizer = interrupted(office, 'send', async () => {
    refusal = await discardFirst(office);
  });

  await office.deliver({ authorizer });

  expect(refusal).toContain('being sent right now');
  expect(await readEvents(office.spool)).toMatchObject([{ state: 'delivered', build: { number: '1' } }]);
});

test.each([
  ['a lacking right', { kind: 'status', status: 403, body: { error_code: 'DEVCB.00031005' } }],
  ['a refused token', { kind: 'status', status: 401, body: { error_code: 'APIGW.0301' } }],
] as const)('whoever wakes the process that delivers has %s asked for anew', async (_name, fault) => {
  const office = await makePostOffice();
  await office.put(1, ownBranch);
  office.sandbox.setFaults([fault]);
  const mended = (async () => {
    await until('the refusal', async () => (await office.states())[0]?.startsWith('held') === true);
    await wakeOwner(office.spool);
    return await until('the build', async () => (await office.states())[0] === 'delivered');
  })();

  await office.deliver({ until: mended });

  expect(await mended).toBe(true);
  expect(office.built()).toEqual(['push 1']);
});

const REFUSED = { kind: 'status', status: 403, body: { error_code: 'DEVCB.00031005' } } as const;
const HELD = { state: 'held', hold: 'permission', reason: 'no right', attempts: [startAttempt(1)] } as const;

test('of many that were refused one is tried, and while that is refused no other', async () => {
  const office = await makePostOffice();
  await office.put(20, (seq) => ({ ...ownBranch(seq), ...HELD }));
  office.sandbox.setFaults([REFUSED, REFUSED, REFUSED]);
  const woken = (async () => {
    for (const requests of [1, 2]) {
      await until('a request', async () => office.sent().length === requests);
      await until('its end', async () => (await office.states()).every((state) => state.startsWith('held')));
      await wakeOwner(office.spool);
    }
    return await until('the last request', async () => office.sent().length === 3);
  })();

  await office.deliver({ until: woken });

  expect(await woken).toBe(true);
  expect(office.sent()).toHaveLength(3);
  expect(await office.states()).toEqual(Array.from({ length: 20 }, () => 'held: permission'));
});

test('once one of those that were refused is taken, the others follow in their order', async () => {
  const office = await makePostOffice();
  await office.put(6, () => HELD);

  await office.deliver();

  expect(office.built()).toEqual([1, 2, 3, 4, 5, 6].map((seq) => `push ${seq}`));
});

test('a process that is frozen while it holds the intake does not keep builds from being started', async () => {
  const office = await makePostOffice();
  expect(await tryLock(join(office.spool.root, 'lock', 'intake'), office.clock)).not.toBeNull();
  const startedAt = office.clock.now();

  await office.put(2);
  await office.deliver({ until: Promise.resolve() });

  expect(office.built()).toEqual(['push 1', 'push 2']);
  expect(office.clock.now() - startedAt).toBeLessThan(5 * 60_000);
});

test('what is put in meanwhile is waited for too, when another process delivers', async () => {
  const office = await makePostOffice();
  expect(await tryLock(lockFolder(office.spool), office.clock)).not.toBeNull();
  const startedAt = office.clock.now();

  await office.deliver({ until: office.put(1), patienceMs: 20_000, stayUntil: startedAt + 20_000 });

  expect(office.clock.now() - startedAt).toBeGreaterThanOrEqual(20_000);
});

test('what another process has tried once since it was put in is waited for no longer', async () => {
  const office = await makePostOffice();
  expect(await tryLock(lockFolder(office.spool), office.clock)).not.toBeNull();
  const startedAt = office.clock.now();
  const tried = (async () => {
    await office.put(1);
    await saveEvent(office.spool, { ...(await office.event(1)), attempts: [startAttempt(1)] });
  })();

  await office.deliver({ until: tried, patienceMs: 20_000, stayUntil: startedAt });

  expect(office.clock.now() - startedAt).toBeLessThan(20_000);
});
