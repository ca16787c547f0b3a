import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { signatureHeaders, signatureOf } from '../../src/codearts/signature.ts';

const KEY = { ak: 'AccessKey', sk: 'SecretKey', securityToken: null };
const HOST = { host: 'example.huaweicloud.com', 'x-sdk-date': '20060102T150405Z' };

test.each([
  ['GET', '?limit=1', '', '5a2ce64c865e0e6046321c6f3d5a77ba8413eeaf355c3166c03d58d02ac79624'],
  [
    'POST',
    '?key=value',
    '{"Name":"test","Id":1}\n',
    'cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59',
  ],
])('the documented vector of %s comes out', (method, query, body, signature) => {
  const request = { method, url: `https://example.huaweicloud.com/path${query}`, headers: HOST, body };

  expect(signatureOf(request, ['x-sdk-date'], KEY.sk)).toBe(signature);
});

interface Recorded {
  readonly method: string;
  readonly endpoint: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly ak: string;
  readonly sk: string;
  readonly authorization: string;
}

test('150 requests of all kinds are signed as Huawei Cloud’s own SDK signs them', () => {
  const { cases } = JSON.parse(readFileSync('test/codearts/signatures.json', 'utf8')) as {
    cases: Recorded[];
  };

  const ours = cases.map(({ method, endpoint, query, headers, body, ak, sk, authorization }) => {
    const named = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const search = query
      .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
      .join('&');
    const [, signed = ''] = /SignedHeaders=([^,]*)/.exec(authorization) ?? [];
    const request = { method, url: `${endpoint}?${search}`, headers: named, body };
    return `SDK-HMAC-SHA256 Access=${ak}, SignedHeaders=${signed}, Signature=${signatureOf(request, signed.split(';'), sk)}`;
  });

  expect(cases).toHaveLength(150);
  expect(ours).toEqual(cases.map(({ authorization }) => authorization));
});

const AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
const REQUEST = {
  method: 'POST',
  url: 'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com:8443/v1/job/x/auto-execute',
  headers: { 'content-type': 'application/json', 'user-agent': 'x' },
  body: '{}',
};

test('host and date are signed, the other headers are left to whoever carries the request', () => {
  expect(signatureHeaders(REQUEST, KEY, AT)).toEqual({
    'x-sdk-date': '20260102T030405Z',
    authorization: expect.stringMatching(
      /^SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, Signature=[0-9a-f]{64}$/,
    ),
  });
});

test('a temporary key and a project are signed too', () => {
  const request = { ...REQUEST, headers: { ...REQUEST.headers, 'x-project-id': 'p' } };

  expect(signatureHeaders(request, { ...KEY, securityToken: 'ST' }, AT)).toMatchObject({
    'x-security-token': 'ST',
    authorization: expect.stringContaining('SignedHeaders=host;x-project-id;x-sdk-date;x-security-token,'),
  });
});

// What a change of it must not leave valid.
test.each([
  ['the host', { url: REQUEST.url.replace('cn-north-4', 'cn-north-1') }],
  ['the port', { url: REQUEST.url.replace('8443', '8444') }],
  ['the path', { url: REQUEST.url.replace('/x/', '/y/') }],
  ['the query', { url: `${REQUEST.url}?a=b` }],
  ['the method', { method: 'GET' }],
  ['the body', { body: '{} ' }],
])('a signature is of exactly this request: %s changes it', (_, change) => {
  expect(signatureHeaders({ ...REQUEST, ...change }, KEY, AT)['authorization']).not.toBe(
    signatureHeaders(REQUEST, KEY, AT)['authorization'],
  );
});

test('another order of the query changes nothing, nor does a slash at the end', () => {
  const sign = (url: string) => signatureHeaders({ ...REQUEST, url }, KEY, AT)['authorization'];

  expect(sign('https://h.example/a?b=2&a=3&a=1')).toBe(sign('https://h.example/a/?a=1&a=3&b=2'));
});

test.each(['%', '%zz', '?a=%'])('a percent sign that escapes nothing is no failure: %j', (path) => {
  expect(() => signatureHeaders({ ...REQUEST, url: `https://h.example/${path}` }, KEY, AT)).not.toThrow();
});
