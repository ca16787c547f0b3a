import { expect, test } from 'vitest';
import { accessTo, checkAccess } from '../../src/delivery/access.ts';
import { startAttempt } from '../../src/delivery/attempt.ts';
import { settleLook } from '../../src/delivery/settle-look.ts';
import { authorizerFor } from '../fixtures/authorizer.ts';
import { oidOf } from '../fixtures/oid.ts';
import { pushEvent } from '../fixtures/push-event.ts';
import { type PostOffice, makePostOffice } from './post-office.ts';

const REGION = 'cn-north-4';

/** Delivers by a user, whose token IAM gives; as one who does not wait for what fails. */
async function deliverByUser({ deliver, sandbox, clock }: PostOffice): Promise<void> {
  const { url, user } = sandbox;
  const env = { HW_USER_NAME: user.name, HW_USER_PASSWORD: user.password, HW_DOMAIN_NAME: user.domain };
  const authorizer = authorizerFor(url, env, { clock, own: { endpoint: url, iamUrl: url } });
  await deliver({ authorizer, stayUntil: clock.now() });
}

const atIam = ({ sandbox }: PostOffice) => ({ iamUrl: sandbox.iamUrl, region: REGION });

/** What was sent to start a build, and not to get a token. */
function buildRequests({ sent }: PostOffice): string[] {
  return sent().flatMap(({ path }) => (path.startsWith('/v1/job/') ? [path] : []));
}

test('without a token to be had nothing is sent, and the event is tried later; then it is delivered', async () => {
  const office = await makePostOffice();
  office.sandbox.setRules({ iam: 'unavailable' });
  await office.put(1, () => atIam(office));

  await deliverByUser(office);

  expect(buildRequests(office)).toEqual([]);
  const { state, attempts, nextAttemptAt } = await office.event(1);
  expect(state).toBe('queued');
  expect(new Set(attempts.map(({ outcome, httpStatus }) => `${outcome} ${httpStatus}`))).toEqual(
    new Set(['retry null']),
  );
  expect(nextAttemptAt).toBeGreaterThan(office.clock.now());

  office.sandbox.setRules({ iam: 'open' });
  office.clock.advance(3_600_000);
  await deliverByUser(office);

  expect(await office.states()).toEqual(['delivered']);
  expect(office.built()).toEqual(['push 1']);
});

test('without a token the history is not asked, and that is no look', async () => {
  const office = await makePostOffice();
  office.sandbox.setRules({ iam: 'unavailable' });
  await office.put(1, () => ({
    ...atIam(office),
    state: 'ambiguous',
    attempts: [startAttempt(office.clock.now())],
  }));

  await deliverByUser(office);

  expect(office.looks()).toBe(0);
  expect(await office.event(1)).toMatchObject({ state: 'ambiguous', looks: 0 });
  expect((await office.event(1)).nextAttemptAt).toBeGreaterThan(office.clock.now());
});

test.each([
  ['there are no credentials', {}],
  ['they are refused', { CODEARTS_HOOKS_TOKEN: 'wrong' }],
])('what is open stays open while %s, and nobody stays for it', async (_, env) => {
  const office = await makePostOffice();
  const open = { state: 'ambiguous', attempts: [startAttempt(office.clock.now())] } as const;
  await office.put(1, () => open);
  const startedAt = office.clock.now();

  await office.deliver({}, env);

  expect(office.clock.now() - startedAt).toBeLessThan(60_000);
  expect(office.sent()).toEqual([]);
  expect(await office.event(1)).toMatchObject({ ...open, looks: 0, nextAttemptAt: null });
});

test('an event that does not say where to cannot be checked, nor sent', async () => {
  const nowhere = { kind: 'held', hold: 'endpoint', reason: 'no region and no endpoint is set' };
  const event = pushEvent(1, { endpoint: null });

  expect(await checkAccess(event, authorizerFor(null, {}))).toEqual(nowhere);
  expect(await accessTo(event, authorizerFor(null, {}))).toEqual(nowhere);
});

test('where the reply has no date, our own clock says whether a build is the one; of several the first', () => {
  const now = Date.UTC(2026, 0, 2, 12);
  const event = pushEvent(1, { state: 'ambiguous', attempts: [startAttempt(now - 5000)] });
  const builds = [2000, 1000, 3000].map((ago) => ({
    number: String(ago),
    dailyNumber: '',
    commitId: oidOf('a'),
    branch: null,
    startedAt: now - ago,
  }));

  const settled = settleLook(
    event,
    { kind: 'builds', builds, serverTime: null },
    {
      now,
      random: () => 0.5,
      isTaken: () => false,
    },
  );

  expect(settled.build?.number).toBe('3000');
});
