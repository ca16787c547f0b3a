import { getDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';
import { expect, test } from 'vitest';
import { send } from '../../src/platform/http.ts';
import { closedPort, startRawServer } from '../fixtures/raw-server.ts';
import { startSandbox } from '../sandbox/running-sandbox.ts';

const OK = 'HTTP/1.1 200 OK\r\nX-Request-Id: r-1\r\nContent-Type: text/plain\r\n';

function post(url: string, headers: Record<string, string> = {}) {
  return send({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    body: '{}',
  });
}

/** A server that answers each whole request with `reply` and closes. */
function answering(reply: string) {
  return startRawServer((socket, text) => {
    if (text.includes('\r\n\r\n')) socket.end(reply);
  });
}

test('a reply is given with its status, lower-case headers and text', async () => {
  const { url } = await answering(`${OK}Content-Length: 2\r\n\r\nhi`);

  expect(await post(url)).toMatchObject({
    kind: 'reply',
    status: 200,
    headers: { 'x-request-id': 'r-1' },
    text: 'hi',
    isComplete: true,
  });
});

test('headers and body arrive as they were given, once', async () => {
  const server = await answering('HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n');

  const result = await post(server.url, { 'x-auth-token': 'T0KEN' });

  expect(result).toMatchObject({ kind: 'reply', status: 500, text: '', isComplete: true });
  expect(server.received()).toHaveLength(1);
  expect(server.received()[0]).toMatch(
    /^POST \/ HTTP\/1\.1\r\n[\s\S]*x-auth-token: T0KEN\r\n[\s\S]*\r\n\r\n\{\}$/,
  );
});

test.each([301, 302, 303, 307, 308] as const)(
  'a redirect with %i is a reply like others: the token does not follow it',
  async (status) => {
    const elsewhere = await startSandbox();
    const sandbox = await startSandbox();
    sandbox.setFaults([{ kind: 'redirect', status, location: `${elsewhere.url}/stolen` }]);

    const result = await post(`${sandbox.url}/v1/job/x/auto-execute`, { 'x-auth-token': sandbox.token });

    expect(result).toMatchObject({ kind: 'reply', status });
    expect(sandbox.requests()).toHaveLength(1);
    expect(elsewhere.requests()).toEqual([]);
  },
);

test.each([408, 409, 425, 429, 500, 502, 503, 504])(
  'a reply with %i is not asked for again',
  async (status) => {
    const server = await answering(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);

    expect(await post(server.url)).toMatchObject({ kind: 'reply', status });
    expect(server.received()).toHaveLength(1);
  },
);

test('a body that breaks off is what came of it, and marked', async () => {
  const { url } = await answering(`${OK}Content-Length: 100\r\n\r\n{"actual_build_number":"1"`);

  expect(await post(url)).toMatchObject({ kind: 'reply', status: 200, isComplete: false });
});

test('a body over 64 KiB is left, without waiting for its end', async () => {
  const { url } = await startRawServer((socket, text) => {
    if (!text.includes('\r\n\r\n')) return;
    socket.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`);
    const pump = (): void => {
      while (socket.writable && socket.write(`400\r\n${'x'.repeat(1024)}\r\n`));
      if (socket.writable) socket.once('drain', pump);
    };
    pump();
  });

  expect(await post(url)).toMatchObject({ kind: 'reply', status: 200, text: '', isComplete: false });
});

test('a body of exactly 64 KiB is read', async () => {
  const { url } = await answering(`${OK}Content-Length: 65536\r\n\r\n${'x'.repeat(65_536)}`);

  expect(await post(url)).toMatchObject({ isComplete: true, text: 'x'.repeat(65_536) });
});

test('a closed port: the request has certainly not left', async () => {
  expect(await post(`http://127.0.0.1:${await closedPort()}`)).toEqual({
    kind: 'failed',
    hasLeft: false,
    code: 'ECONNREFUSED',
  });
});

test.each([
  ['a name that nobody has', 'http://nowhere.invalid'],
  ['a port that fetch refuses', 'http://127.0.0.1:6000'],
  ['no URL', 'http://'],
])('%s: the request has certainly not left', async (_, url) => {
  expect(await post(url)).toMatchObject({ kind: 'failed', hasLeft: false });
});

test('a TLS handshake that is not answered in TLS: the request has certainly not left', async () => {
  const { url } = await startRawServer((socket) => socket.end('this is no TLS'));

  const result = await post(url.replace('http:', 'https:'));

  expect(result).toMatchObject({ kind: 'failed', hasLeft: false });
});

test.each([
  ['without a word', (text: string) => text.includes('\r\n\r\n')],
  ['in the middle of the headers', (text: string) => text.includes('\r\n\r\n')],
])('a connection that is closed %s: the request may have arrived', async (what, isWhole) => {
  const { url } = await startRawServer((socket, text) => {
    if (isWhole(text)) socket.end(what.startsWith('in') ? 'HTTP/1.1 200 OK\r\nX-Req' : '');
  });

  expect(await post(url)).toMatchObject({ kind: 'failed', hasLeft: true });
});

test('a connection that is reset: the request may have arrived', async () => {
  const { url } = await startRawServer((socket) => socket.resetAndDestroy());

  expect(await post(url)).toMatchObject({ kind: 'failed', hasLeft: true });
});

test('two requests at once are told apart: one has left, one has not', async () => {
  const { url } = await startRawServer((socket) => socket.resetAndDestroy());
  const closed = `http://127.0.0.1:${await closedPort()}`;

  const results = await Promise.all([url, closed, url, closed].map((to) => post(to)));

  expect(results.map((result) => result.kind === 'failed' && result.hasLeft)).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test('no failure tells a secret of the request', async () => {
  const secret = 'S3CRET\nTOKEN';

  const results = await Promise.all([
    post('http://127.0.0.1:1', { 'x-auth-token': secret }),
    post('http://user:S3CRET@127.0.0.1:1'),
  ]);

  expect(results).toMatchObject([{ kind: 'failed' }, { kind: 'failed' }]);
  expect(JSON.stringify(results)).not.toContain('S3CRET');
});

test('each address of a host has 2.5 seconds to answer, on a slow line too', async () => {
  await post(`http://127.0.0.1:${await closedPort()}`);

  expect(getDefaultAutoSelectFamilyAttemptTimeout()).toBe(2500);
});
