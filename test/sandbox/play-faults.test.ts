import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Fault } from '../../src/sandbox/faults.ts';
import { failureOf, JOB, startSandbox, trigger } from './running-sandbox.ts';

const NUMBERS = { octopus_job_name: JOB, actual_build_number: '1', daily_build_number: expect.any(String) };

/** A sandbox that plays one fault, and a promise of the first request it decides. */
async function playing(fault: Fault) {
  let tell: () => void = () => {};
  const decided = new Promise<void>((resolve) => (tell = resolve));
  const sandbox = await startSandbox({ onRequest: () => tell() });
  sandbox.setFaults([fault]);
  return { sandbox, decided };
}

test.each<[Fault, string, boolean]>([
  [{ kind: 'refuse' }, 'ECONNRESET', false],
  [{ kind: 'reset-before-reply' }, 'ECONNRESET', false],
  [{ kind: 'lost-reply' }, 'UND_ERR_SOCKET', true],
  [{ kind: 'hang', ms: 1 }, 'UND_ERR_SOCKET', false],
  [{ kind: 'hang', ms: 1, built: true }, 'UND_ERR_SOCKET', true],
])('%j ends in %s without a status; a build was started: %s', async (fault, code, built) => {
  const { sandbox } = await playing(fault);

  expect(await failureOf(trigger(sandbox))).toBe(code);

  const [request] = sandbox.requests();
  expect(request).toMatchObject({ outcome: fault.kind, status: null });
  expect(request?.build !== null).toBe(built);
});

test.each<[Fault, number, string | undefined]>([
  [{ kind: 'throttled' }, 429, 'APIGW.0308'],
  [{ kind: 'too-frequent', status: 400 }, 400, 'CB.00060211'],
  [{ kind: 'too-frequent', status: 500 }, 500, 'CB.00060211'],
  [{ kind: 'bad-gateway' }, 502, 'APIGW.0201'],
  [{ kind: 'unavailable' }, 503, 'APIGW.0613'],
  [{ kind: 'gateway-timeout' }, 504, 'APIGW.0201'],
  [{ kind: 'error-code-in-200' }, 200, 'DEVCB.00031006'],
  [{ kind: 'error-code-in-200', code: 'CB.00060101' }, 200, 'CB.00060101'],
  [{ kind: 'status-fail' }, 200, undefined],
  [{ kind: 'token-expired' }, 401, 'APIGW.0307'],
])('%j is answered with %i %s and starts no build', async (fault, status, code) => {
  const { sandbox } = await playing(fault);

  const answer = await trigger(sandbox);

  const requestId = answer.headers.get('x-request-id');
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject(
    code === undefined ? { status: 'fail' } : { error_code: code, request_id: requestId },
  );
  expect(sandbox.requests()[0]).toMatchObject({ outcome: fault.kind, status, build: null });
});

test.each([
  [{}, null, ': policy user over ratelimit,limit:XX,time:1 minute'],
  [{ retryAfterSeconds: 7 }, '7', '.'],
])('a throttle %j tells the wait in one place only', async (wait, header, ending) => {
  const { sandbox } = await playing({ kind: 'throttled', ...wait });

  const answer = await trigger(sandbox);

  expect(answer.headers.get('retry-after')).toBe(header);
  expect(await answer.json()).toMatchObject({
    error_msg: `The throttling threshold has been reached${ending}`,
  });
});

test('refuse does not wait for the body', async () => {
  const { sandbox } = await playing({ kind: 'refuse' });
  const client = connect(Number(new URL(sandbox.url).port), '127.0.0.1');

  client.write(`POST /v1/job/${JOB}/auto-execute HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n`);

  const [error] = await once(client, 'error');
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  expect(sandbox.requests()[0]).toMatchObject({ outcome: 'refuse', body: null });
});

test('reset-before-reply has read the request', async () => {
  const { sandbox } = await playing({ kind: 'reset-before-reply' });

  await failureOf(trigger(sandbox, { body: '{"ref":"r"}' }));

  expect(sandbox.requests()[0]?.body).toEqual({ ref: 'r' });
});

test.each([
  [false, null],
  [true, '1'],
])('a hang without an end lasts until the sandbox closes (built: %s)', async (built, number) => {
  const { sandbox, decided } = await playing({ kind: 'hang', built });
  const failure = failureOf(trigger(sandbox));
  await decided;

  await sandbox.close();

  expect(await failure).toBe('UND_ERR_SOCKET');
  expect(sandbox.requests()[0]?.build?.number ?? null).toBe(number);
});

test('slow has started the build long before it answers', async () => {
  const { sandbox, decided } = await playing({ kind: 'slow', ms: 40 });
  const start = performance.now();
  const answer = trigger(sandbox);

  await decided;
  expect(sandbox.requests()[0]).toMatchObject({ outcome: 'built', status: 200, build: { number: '1' } });

  expect(await (await answer).json()).toEqual(NUMBERS);
  // Node's timers may fire up to 1 ms early.
  expect(performance.now() - start).toBeGreaterThanOrEqual(39);
});

test('no timer outlives a closed sandbox', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const before = vi.getTimerCount();
  const { sandbox, decided } = await playing({ kind: 'slow', ms: 60_000 });
  const client = connect(Number(new URL(sandbox.url).port), '127.0.0.1');
  client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await decided;
  expect(vi.getTimerCount()).toBe(before + 1);

  await Promise.all([sandbox.close(), once(client, 'close')]);

  expect(vi.getTimerCount()).toBe(before);
});

test('wrapped starts a build and puts its numbers under result', async () => {
  const { sandbox } = await playing({ kind: 'wrapped' });

  const answer = await trigger(sandbox);

  expect(await answer.json()).toEqual({ result: NUMBERS, status: 'success' });
  expect(sandbox.requests()[0]).toMatchObject({ outcome: 'wrapped', status: 200, build: { number: '1' } });
});

test('cut-body starts a build and breaks off in the middle of a good answer', async () => {
  const { sandbox } = await playing({ kind: 'cut-body' });

  const answer = await trigger(sandbox);

  expect(answer.status).toBe(200);
  expect(await failureOf(answer.text())).toBe('UND_ERR_SOCKET');
  expect(sandbox.requests()[0]).toMatchObject({ outcome: 'cut-body', status: 200, build: { number: '1' } });
});

test('html answers 200 with a login page', async () => {
  const { sandbox } = await playing({ kind: 'html' });

  const answer = await trigger(sandbox);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch('text/html');
  expect(await answer.text()).toMatch(/<form/);
});

test.each([301, 302, 303, 307, 308] as const)('redirect answers %i with the location', async (status) => {
  const location = 'http://localhost:1/elsewhere';
  const { sandbox } = await playing({ kind: 'redirect', status, location });

  const answer = await trigger(sandbox);

  expect(answer.status).toBe(status);
  expect(answer.headers.get('location')).toBe(location);
});

test.each<[string, Fault, string | null, string]>([
  ['nothing', { kind: 'status', status: 500 }, null, ''],
  ['text', { kind: 'status', status: 500, body: 'down' }, 'text/plain; charset=utf-8', 'down'],
  ['JSON', { kind: 'status', status: 500, body: [1] }, 'application/json', '[1]'],
  [
    'JSON under another type',
    { kind: 'status', status: 500, body: {}, headers: { 'content-type': 'text/plain' } },
    'text/plain',
    '{}',
  ],
])('status answers with %s', async (_, fault, type, text) => {
  const { sandbox } = await playing(fault);

  const answer = await trigger(sandbox);

  expect(answer.status).toBe(500);
  expect(answer.headers.get('content-type')).toBe(type);
  expect(await answer.text()).toBe(text);
});

test('status may set headers, the request id too, and may have started a build', async () => {
  const headers = { 'X-Request-Id': 'mine', Date: 'Thu, 01 Jan 2026 00:00:00 GMT' };
  const { sandbox } = await playing({ kind: 'status', status: 504, body: {}, headers, built: true });

  const answer = await trigger(sandbox);

  expect(answer.headers.get('x-request-id')).toBe('mine');
  expect(answer.headers.get('date')).toBe(headers.Date);
  expect(sandbox.requests()[0]).toMatchObject({ outcome: 'status', status: 504, build: { number: '1' } });
});
