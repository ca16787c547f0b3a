import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/sandbox/read-body.ts';
import { createSandbox, type ReceivedRequest } from '../../src/sandbox/sandbox.ts';
import { failureOf, JOB, startSandbox, trigger } from './running-sandbox.ts';

test('a good request starts a build and is answered with its numbers', async () => {
  const sandbox = await startSandbox();

  const answer = await trigger(sandbox);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.json()).toEqual({
    octopus_job_name: JOB,
    actual_build_number: '1',
    daily_build_number: expect.stringMatching(/^\d{8}\.1$/),
  });
});

test('two equal requests start two builds', async () => {
  const sandbox = await startSandbox();

  await trigger(sandbox);
  await trigger(sandbox);

  expect(sandbox.requests().map(({ build }) => build?.number)).toEqual(['1', '2']);
});

test('a request is kept as it arrived, without the token', async () => {
  const sandbox = await startSandbox();
  const body = JSON.stringify({ ref: 'refs/heads/main' });

  await fetch(`${sandbox.url}/v1/job/${JOB}/auto-execute?trace=1`, {
    method: 'POST',
    headers: { 'X-Auth-Token': sandbox.token, 'X-Custom': 'kept' },
    body,
  });

  const [request, ...others] = sandbox.requests();
  expect(others).toEqual([]);
  expect(request).toEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    method: 'POST',
    path: `/v1/job/${JOB}/auto-execute?trace=1`,
    headers: expect.objectContaining({
      'x-auth-token': 'valid',
      'x-custom': 'kept',
      'content-length': `${body.length}`,
    }),
    body: { ref: 'refs/heads/main' },
    outcome: 'built',
    status: 200,
    build: { jobName: JOB, number: '1', dailyNumber: expect.stringMatching(/^\d{8}\.1$/) },
  });
});

test('no credential is ever kept', async () => {
  const sandbox = await startSandbox();

  await trigger(sandbox, {
    headers: { 'X-Auth-Token': 'hunter2', Authorization: 'hunter2', 'X-Security-Token': 'hunter2' },
  });

  expect(sandbox.requests()[0]?.headers).toMatchObject({
    'x-auth-token': 'invalid',
    authorization: 'invalid',
    'x-security-token': 'invalid',
  });
  expect(JSON.stringify(sandbox.requests())).not.toContain('hunter2');
});

test('a refusal names its code and its request id, and starts no build', async () => {
  const sandbox = await startSandbox();

  const answer = await trigger(sandbox, { headers: {} });

  const requestId = answer.headers.get('x-request-id');
  expect(requestId).toMatch(/^[0-9a-f]{32}$/);
  expect(answer.status).toBe(401);
  expect(await answer.json()).toEqual({
    error_code: 'APIGW.0301',
    error_msg: 'Incorrect IAM authentication information.',
    request_id: requestId,
  });
  expect(sandbox.requests()[0]).toMatchObject({ outcome: 'APIGW.0301', status: 401, build: null });
});

test('each reply has its own request id', async () => {
  const sandbox = await startSandbox();

  const [one, two] = [await trigger(sandbox), await trigger(sandbox)];

  expect(one.headers.get('x-request-id')).not.toBe(two.headers.get('x-request-id'));
});

test('only the listed jobs exist', async () => {
  const sandbox = await startSandbox({ jobs: [JOB] });

  const [listed, other] = [await trigger(sandbox), await trigger(sandbox, { job: '0'.repeat(32) })];

  expect(listed.status).toBe(200);
  expect(other.status).toBe(422);
});

test('a body that is not JSON is kept as text', async () => {
  const sandbox = await startSandbox();

  const answer = await trigger(sandbox, { body: 'ref=main' });

  expect(answer.status).toBe(400);
  expect(sandbox.requests()[0]).toMatchObject({ body: 'ref=main', outcome: 'CB.00060200' });
});

test.each([
  [0, 200],
  [1, 413],
])('a body of 12 MB and %i bytes is answered with %i', async (excess, status) => {
  const sandbox = await startSandbox();
  const empty = '{"x":""}';

  const answer = await trigger(sandbox, {
    body: empty.replace('""', `"${'a'.repeat(MAX_BODY_BYTES - empty.length + excess)}"`),
  });

  expect(answer.status).toBe(status);
  expect(sandbox.requests()[0]?.body === null).toBe(status === 413);
});

test('a token of 32 KB is taken', async () => {
  const sandbox = await startSandbox({ token: 'M'.repeat(32 * 1024) });

  expect((await trigger(sandbox)).status).toBe(200);
});

test('a request is shown to onRequest, recorded, before its client has the answer', async () => {
  const seen: ReceivedRequest[] = [];
  const sandbox = await startSandbox({ onRequest: (request) => seen.push(request) });

  await trigger(sandbox);

  expect(seen).toHaveLength(1);
  expect(seen).toEqual(sandbox.requests());
});

test('a request whose client leaves in its middle is not recorded and starts no build', async () => {
  const sandbox = await startSandbox();
  const client = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
  client.write(
    `POST /v1/job/${JOB}/auto-execute HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n{`,
  );
  await once(client, 'data');
  client.destroy();

  await trigger(sandbox);

  expect(sandbox.requests().map(({ build }) => build?.number)).toEqual(['1']);
});

test('credentials are random unless given', async () => {
  const [one, two] = [await startSandbox(), await startSandbox()];

  expect(one.token).toMatch(/^sandbox-[0-9a-f]{32}$/);
  expect(one.ak).toMatch(/^[0-9A-F]{20}$/);
  expect(one.sk).toMatch(/^[0-9a-f]{40}$/);
  expect(one.iamUrl).toBe(one.url);
  expect(new Set([one.token, two.token, one.ak, two.ak, one.sk, two.sk]).size).toBe(6);
  expect((await startSandbox({ token: 'mine' })).token).toBe('mine');
});

test('a sandbox listens on the port asked for, and says so when it is taken', async () => {
  const first = await startSandbox();
  const port = Number(new URL(first.url).port);

  await expect(createSandbox({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await first.close();
  const second = await startSandbox({ port });

  expect(second.url).toBe(first.url);
});

test('a closed sandbox answers no more and may be closed again', async () => {
  const sandbox = await startSandbox();
  await trigger(sandbox);

  await sandbox.close();
  await sandbox.close();

  expect(await failureOf(trigger(sandbox))).toBe('ECONNREFUSED');
});
