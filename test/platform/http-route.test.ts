import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { certificatesOf } from '../../src/platform/certificates.ts';
import { send } from '../../src/platform/http.ts';
import { type Route, parseProxy } from '../../src/platform/route.ts';
import { startConnectProxy } from '../fixtures/connect-proxy.ts';
import { closedPort, startRawServer } from '../fixtures/raw-server.ts';
import { type Authority, makeAuthority, tlsFront } from '../fixtures/tls.ts';
import { startSandbox } from '../sandbox/running-sandbox.ts';

const HOST = 'cloudbuild-ext.cn-north-4.myhuaweicloud.com';
const PLAIN: Route = { proxy: null, ca: null, isVerified: true, maxHeaderBytes: null };

async function trusting({ caFile }: Authority): Promise<Route> {
  const found = await certificatesOf([caFile], {});
  if (found.kind !== 'certificates') throw new Error(`the test's own certificate: ${found.why}`);
  return { ...PLAIN, ca: found.pems };
}

function byProxy(url: string, route: Route): Route {
  return { ...route, proxy: parseProxy(url) };
}

/** The sandbox behind TLS. */
async function secureService(authority: Authority, hosts: readonly string[], days?: number) {
  const sandbox = await startSandbox();
  return { sandbox, port: await tlsFront(sandbox.url, authority.issue(hosts, days)) };
}

function trigger(url: string, token: string, route: Route) {
  const job = 'f9d6c8466d614a9788e9a0acf6c15f46';
  const headers = { 'x-auth-token': token, 'content-type': 'application/json' };
  return send({ method: 'POST', url: `${url}/v1/job/${job}/auto-execute`, headers, body: '{}' }, { route });
}

test('a private CA that is named is trusted, and no other', async () => {
  const [own, other] = [await makeAuthority(), await makeAuthority()];
  const { sandbox, port } = await secureService(own, ['127.0.0.1']);
  const url = `https://127.0.0.1:${port}`;

  const results = [
    await trigger(url, sandbox.token, PLAIN),
    await trigger(url, sandbox.token, await trusting(other)),
    await trigger(url, sandbox.token, await trusting(own)),
  ];

  expect(results).toMatchObject([
    { kind: 'failed', hasLeft: false, code: expect.stringMatching(/SELF_SIGNED|VERIFY|ISSUER/) },
    { kind: 'failed', hasLeft: false, code: expect.stringMatching(/SELF_SIGNED|VERIFY|ISSUER/) },
    { kind: 'reply', status: 200 },
  ]);
  expect(sandbox.requests()).toHaveLength(1);
});

test('a certificate of another host, or of yesterday, is refused', async () => {
  const authority = await makeAuthority();
  const route = await trusting(authority);
  const elsewhere = await secureService(authority, ['build.example']);
  const expired = await secureService(authority, ['127.0.0.1'], -1);

  const results = [
    await trigger(`https://127.0.0.1:${elsewhere.port}`, 'T', route),
    await trigger(`https://127.0.0.1:${expired.port}`, 'T', route),
  ];

  expect(results).toMatchObject([
    { kind: 'failed', hasLeft: false, code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    { kind: 'failed', hasLeft: false, code: 'CERT_HAS_EXPIRED' },
  ]);
});

test('NODE_TLS_REJECT_UNAUTHORIZED=0 opens no route of ours, an insecure route of the user’s does', async () => {
  const { sandbox, port } = await secureService(await makeAuthority(), ['127.0.0.1']);
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    const refused = await trigger(`https://127.0.0.1:${port}`, sandbox.token, {
      ...PLAIN,
      maxHeaderBytes: 32_768,
    });
    expect(refused).toMatchObject({ kind: 'failed', hasLeft: false });
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  }

  const believed = await trigger(`https://127.0.0.1:${port}`, sandbox.token, { ...PLAIN, isVerified: false });

  expect(believed).toMatchObject({ kind: 'reply', status: 200 });
});

test.each([
  ['without a password', undefined, ''],
  ['with one', 'user:p@ss w0rd', 'user:p%40ss%20w0rd@'],
])('a proxy %s leads to the service, whose name and certificate count', async (_, user, written) => {
  const authority = await makeAuthority();
  const { sandbox, port } = await secureService(authority, [HOST]);
  const proxy = await startConnectProxy(port, user === undefined ? {} : { user });
  const route = byProxy(proxy.url.replace('//', `//${written}`), await trusting(authority));

  const delivered = await trigger(`https://${HOST}`, sandbox.token, route);
  const misled = await trigger('https://build.example', sandbox.token, route);

  expect(delivered).toMatchObject({ kind: 'reply', status: 200 });
  expect(misled).toMatchObject({ kind: 'failed', hasLeft: false, code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  expect(proxy.asked()).toEqual([
    { target: `${HOST}:443`, user: user ?? null },
    { target: 'build.example:443', user: user ?? null },
  ]);
});

test.each([
  [407, 'PROXY_407'],
  [403, 'PROXY_403'],
  [502, 'PROXY_502'],
])('of a proxy that answers %i it is certain that the request has not left', async (status, code) => {
  const proxy = await startConnectProxy(1, { status });

  const result = await trigger(`https://${HOST}`, 'T', byProxy(proxy.url, PLAIN));

  expect(result).toEqual({ kind: 'failed', hasLeft: false, code, via: new URL(proxy.url).host });
});

test('a proxy that is not there is named, without its password', async () => {
  const port = await closedPort();

  const result = await trigger(`https://${HOST}`, 'T', byProxy(`http://u:S3CRET@127.0.0.1:${port}`, PLAIN));

  expect(result).toEqual({ kind: 'failed', hasLeft: false, code: 'ECONNREFUSED', via: `127.0.0.1:${port}` });
});

test('a reply lost behind a proxy has left', async () => {
  const authority = await makeAuthority();
  const { sandbox, port } = await secureService(authority, [HOST]);
  sandbox.setFaults([{ kind: 'lost-reply' }]);
  const proxy = await startConnectProxy(port);

  const result = await trigger(
    `https://${HOST}`,
    sandbox.token,
    byProxy(proxy.url, await trusting(authority)),
  );

  expect(result).toMatchObject({ kind: 'failed', hasLeft: true });
});

test('headers of 17 KB are too long for node, and not for a route that allows them', async () => {
  const reply = `HTTP/1.1 201 Created\r\nX-Subject-Token: ${'t'.repeat(17_000)}\r\nContent-Length: 0\r\n\r\n`;
  const { url } = await startRawServer((socket, text) => {
    if (text.includes('\r\n\r\n')) socket.end(reply);
  });
  const request = { method: 'POST', url, headers: {}, body: '' } as const;

  const [narrow, wide] = [
    await send(request),
    await send(request, { route: { ...PLAIN, maxHeaderBytes: 65_536 } }),
  ];

  expect(narrow).toMatchObject({ kind: 'failed', code: 'HPE_HEADER_OVERFLOW' });
  expect(wide).toMatchObject({
    kind: 'reply',
    status: 201,
    headers: { 'x-subject-token': 't'.repeat(17_000) },
  });
});

test('what is not a certificate is told by its path', async () => {
  const { caFile } = await makeAuthority();

  expect(await certificatesOf(['/nowhere.pem'], {})).toMatchObject({
    path: '/nowhere.pem',
    why: 'is not there',
  });
  expect(await certificatesOf(['/dev/null'], {})).toMatchObject({ why: 'holds no certificate' });
  expect(await certificatesOf(['/'], {})).toMatchObject({ why: 'cannot be read' });
  const found = await certificatesOf([], { NODE_EXTRA_CA_CERTS: caFile });
  expect(found.kind === 'certificates' && found.pems.includes(await readFile(caFile, 'utf8'))).toBe(true);
});
