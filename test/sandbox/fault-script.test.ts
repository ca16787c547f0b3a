import { expect, test } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { failureOf, startSandbox, trigger } from './running-sandbox.ts';

test('each request uses up one fault, in order, and then all is well again', async () => {
  const sandbox = await startSandbox();
  sandbox.setFaults([{ kind: 'unavailable' }, { kind: 'none' }, { kind: 'lost-reply' }]);

  for (let sent = 0; sent < 4; sent++) await failureOf(trigger(sandbox));

  expect(sandbox.requests().map(({ outcome, build }) => [outcome, build?.number])).toEqual([
    ['unavailable', undefined],
    ['built', '1'],
    ['lost-reply', '2'],
    ['built', '3'],
  ]);
});

test('a new script takes the place of what is left of the old one', async () => {
  const sandbox = await startSandbox();
  sandbox.setFaults([{ kind: 'html' }, { kind: 'html' }]);

  sandbox.setFaults([{ kind: 'unavailable' }]);

  expect((await trigger(sandbox)).status).toBe(503);
  expect((await trigger(sandbox)).status).toBe(200);
});

test('an invalid script changes nothing', async () => {
  const sandbox = await startSandbox();
  sandbox.setFaults([{ kind: 'unavailable' }]);

  expect(() => sandbox.setFaults([{ kind: 'none' }, { kind: 'slow', ms: -1 }])).toThrow(
    /^fault 1 \(slow\): ms must be/,
  );

  expect((await trigger(sandbox)).status).toBe(503);
});

test('a fault without a build comes before every check', async () => {
  const sandbox = await startSandbox();
  sandbox.setFaults([{ kind: 'token-expired' }, { kind: 'unavailable' }]);

  const [denied, elsewhere] = [
    await trigger(sandbox, { headers: {} }),
    await fetch(`${sandbox.url}/v1/elsewhere`),
  ];

  expect([denied.status, elsewhere.status]).toEqual([401, 503]);
  expect(sandbox.requests().map(({ outcome }) => outcome)).toEqual(['token-expired', 'unavailable']);
});

test.each<Fault>([
  { kind: 'none' },
  { kind: 'slow', ms: 1 },
  { kind: 'lost-reply' },
  { kind: 'wrapped' },
  { kind: 'cut-body' },
  { kind: 'hang', built: true },
  { kind: 'status', status: 504, built: true },
])('$kind lets a request that the service refuses have its refusal', async (fault) => {
  const sandbox = await startSandbox();
  sandbox.setFaults([fault]);

  const answer = await trigger(sandbox, { headers: { 'X-Auth-Token': 'wrong' } });

  expect(await answer.json()).toMatchObject({ error_code: 'APIGW.0301' });
  expect(sandbox.requests()[0]).toMatchObject({ outcome: 'APIGW.0301', status: 401, build: null });
});

test('a reset forgets requests, builds and faults', async () => {
  const sandbox = await startSandbox();
  await trigger(sandbox);
  sandbox.setFaults([{ kind: 'unavailable' }]);

  sandbox.reset();

  expect(sandbox.requests()).toEqual([]);
  await trigger(sandbox);
  expect(sandbox.requests().map(({ build }) => build?.number)).toEqual(['1']);
});
