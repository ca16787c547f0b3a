import { expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/sandbox/read-body.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { startSandbox, trigger } from './running-sandbox.ts';

function control({ url }: Sandbox, method: string, path = '', body?: string): Promise<Response> {
  return fetch(`${url}/_sandbox${path}`, { method, ...(body === undefined ? {} : { body }) });
}

test('GET /_sandbox/requests gives what requests() gives', async () => {
  const sandbox = await startSandbox();
  await trigger(sandbox);

  const answer = await control(sandbox, 'GET', '/requests');

  expect(answer.status).toBe(200);
  expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{32}$/);
  const requests: unknown = await answer.json();
  expect(requests).toHaveLength(1);
  expect(requests).toEqual(sandbox.requests());
});

test('PUT /_sandbox/faults sets the script', async () => {
  const sandbox = await startSandbox();

  const answer = await control(sandbox, 'PUT', '/faults', '[{"kind":"unavailable"}]');

  expect(answer.status).toBe(204);
  expect((await trigger(sandbox)).status).toBe(503);
});

test.each([
  ['not JSON', 'hang', 'faults must be an array, got "hang"'],
  ['an unknown field', '[{"kind":"none"},{"kind":"hang","for":1}]', 'fault 1 (hang) has no field "for"'],
  ['over the limit', ' '.repeat(MAX_BODY_BYTES + 1), 'the body is over 12 MB, or ended early'],
])('a script that is %s is answered with 400 and changes nothing', async (_, body, message) => {
  const sandbox = await startSandbox();
  sandbox.setFaults([{ kind: 'unavailable' }]);

  const answer = await control(sandbox, 'PUT', '/faults', body);

  expect(answer.status).toBe(400);
  expect(await answer.json()).toEqual({
    error_code: 'SANDBOX.400',
    error_msg: message,
    request_id: answer.headers.get('x-request-id'),
  });
  expect((await trigger(sandbox)).status).toBe(503);
});

test('DELETE /_sandbox resets', async () => {
  const sandbox = await startSandbox();
  await trigger(sandbox);
  sandbox.setFaults([{ kind: 'unavailable' }]);

  const answer = await control(sandbox, 'DELETE');

  expect(answer.status).toBe(204);
  expect(sandbox.requests()).toEqual([]);
  expect((await trigger(sandbox)).status).toBe(200);
});

test('control routes use up no fault and are not recorded', async () => {
  const sandbox = await startSandbox();
  sandbox.setFaults([{ kind: 'unavailable' }]);

  await control(sandbox, 'GET', '/requests?pretty');
  await control(sandbox, 'GET', '/nowhere');

  expect(sandbox.requests()).toEqual([]);
  expect((await trigger(sandbox)).status).toBe(503);
});

test.each([
  ['GET', ''],
  ['POST', '/faults'],
  ['PUT', '/requests'],
])('%s /_sandbox%s does not exist', async (method, path) => {
  const sandbox = await startSandbox();

  const answer = await control(sandbox, method, path);

  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({
    error_code: 'SANDBOX.404',
    error_msg: `no such control route: ${method} /_sandbox${path}`,
  });
});

test('a path that only begins like a control route belongs to the service', async () => {
  const sandbox = await startSandbox();

  const answer = await control(sandbox, 'GET', 'ed');

  expect(await answer.json()).toMatchObject({ error_code: 'APIGW.0101' });
  expect(sandbox.requests()).toHaveLength(1);
});
