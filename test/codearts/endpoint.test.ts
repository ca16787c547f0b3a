import { expect, test } from 'vitest';
import { resolveEndpoint } from '../../src/codearts/endpoint.ts';
import { buildHostOf } from '../../src/config/regions.ts';

const HUAWEI = 'cloudbuild-ext.cn-north-4.myhuaweicloud.com';

function inEnv(endpoint: string) {
  return resolveEndpoint(null, { CODEARTS_HOOKS_ENDPOINT: endpoint });
}

function inConfig(endpoint: string) {
  return resolveEndpoint({ endpoint }, {});
}

test.each([
  ['cn-north-4', HUAWEI, 'iam.cn-north-4.myhuaweicloud.com'],
  ['la-south-2', 'cloudbuild-ext.la-south-2.myhuaweicloud.com', 'iam.la-south-2.myhuaweicloud.com'],
  ['eu-west-101', 'build-backend.eu-west-101.myhuaweicloud.eu', 'iam.eu-west-101.myhuaweicloud.eu'],
  ['xx-new-9', 'cloudbuild-ext.xx-new-9.myhuaweicloud.com', 'iam.xx-new-9.myhuaweicloud.com'],
])('the host of %s is %s, that of its IAM %s', (region, host, iamHost) => {
  expect(buildHostOf(region)).toBe(host);
  expect(resolveEndpoint({ region }, {})).toEqual({
    kind: 'endpoint',
    url: `https://${host}`,
    iamUrl: `https://${iamHost}`,
    region,
    isHuawei: true,
  });
});

test.each([
  ['nothing', null, {}, null],
  ['nothing but jobs', {}, {}, null],
  ['a region', { region: 'cn-north-4' }, {}, `https://${HUAWEI}`],
  ['an endpoint before its region', { region: 'cn-north-4', endpoint: 'b.example' }, {}, 'https://b.example'],
  [
    'a region of the user’s before the config',
    { region: 'x', endpoint: 'b.example' },
    { CODEARTS_HOOKS_REGION: 'cn-north-4' },
    `https://${HUAWEI}`,
  ],
  [
    'an endpoint of the user’s before all',
    { endpoint: 'b.example' },
    { CODEARTS_HOOKS_REGION: 'x', CODEARTS_HOOKS_ENDPOINT: 'u.example' },
    'https://u.example',
  ],
  [
    'an empty region, which is none',
    { region: 'cn-north-4' },
    { CODEARTS_HOOKS_REGION: '' },
    `https://${HUAWEI}`,
  ],
  ['an empty region and nothing else', null, { CODEARTS_HOOKS_REGION: '' }, null],
  [
    'an empty endpoint, which is none',
    { endpoint: 'b.example' },
    { CODEARTS_HOOKS_ENDPOINT: '' },
    'https://b.example',
  ],
])('with %s it is known where requests go', (_, config, env, url) => {
  const found = resolveEndpoint(config, env);

  expect(found.kind === 'endpoint' ? found.url : null).toBe(url);
});

test('the region is told beside an endpoint', () => {
  expect(resolveEndpoint({ region: 'cn-north-4', endpoint: 'b.example' }, {})).toMatchObject({
    region: 'cn-north-4',
  });
  expect(inEnv('b.example')).toMatchObject({ region: null });
});

test.each(['a.b', 'x/../y', 'evil.cn#', 'CN-NORTH-4', '中', '@evil.cn', ' '])(
  'a region that could change the host is none: %j',
  (region) => {
    expect(resolveEndpoint(null, { CODEARTS_HOOKS_REGION: region })).toEqual({
      kind: 'none',
      reason: `${JSON.stringify(region)} is not a region`,
    });
  },
);

// [as it is written, where it goes, whether it is Huawei's]
test.each([
  [`https://${HUAWEI}`, `https://${HUAWEI}`, true],
  [HUAWEI, `https://${HUAWEI}`, true],
  [`https://${HUAWEI}/`, `https://${HUAWEI}`, true],
  [`https://${HUAWEI}:443`, `https://${HUAWEI}`, true],
  [`HTTPS://${HUAWEI.toUpperCase()}`, `https://${HUAWEI}`, true],
  ['devcloud.ap-southeast-3.myhuaweicloud.com', 'https://devcloud.ap-southeast-3.myhuaweicloud.com', true],
  ['build-backend.eu-west-101.myhuaweicloud.eu', 'https://build-backend.eu-west-101.myhuaweicloud.eu', true],
  ['https://build.example.com', 'https://build.example.com', false],
  [`https://${HUAWEI}.evil.cn`, `https://${HUAWEI}.evil.cn`, false],
  [`https://${HUAWEI}.`, `https://${HUAWEI}.`, false],
  [`https://evil${HUAWEI}`, `https://evil${HUAWEI}`, false],
  [
    'https://evil.cloudbuild-ext.x.myhuaweicloud.com',
    'https://evil.cloudbuild-ext.x.myhuaweicloud.com',
    false,
  ],
  ['https://cloudbuild-ext.a.b.myhuaweicloud.com', 'https://cloudbuild-ext.a.b.myhuaweicloud.com', false],
  [
    'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com.cn',
    'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com.cn',
    false,
  ],
  ['https://myhuaweicloud.com', 'https://myhuaweicloud.com', false],
  [
    'https://cloudbuild-ext.cn-north-4.myhuaweicl\u043eud.com',
    'https://cloudbuild-ext.cn-north-4.xn--myhuaweiclud-egk.com',
    false,
  ],
])('%s goes to %s, which is Huawei’s: %s', (text, url, isHuawei) => {
  expect(inConfig(text)).toMatchObject({ kind: 'endpoint', url, isHuawei });
  expect(inEnv(text)).toMatchObject({ kind: 'endpoint', url, isHuawei });
});

test.each([
  ['http', `http://${HUAWEI}`, 'must be https'],
  ['another scheme', `ftp://${HUAWEI}`, 'must be https'],
  ['a user', `https://alice@${HUAWEI}`, 'holds a user or a password'],
  ['a password', `https://alice:secret@${HUAWEI}`, 'holds a user or a password'],
  ['a host that is a user', `https://${HUAWEI}@evil.cn`, 'holds a user or a password'],
  ['a path', `https://${HUAWEI}/v1`, 'has more than a host'],
  ['a backslash', `https://${HUAWEI}\\@evil.cn`, 'has more than a host'],
  ['a query', `https://${HUAWEI}?x=y`, 'has more than a host'],
  ['a fragment', `https://${HUAWEI}#x`, 'has more than a host'],
  ['no host', 'https://', 'is not a URL'],
  ['a port that is none', `https://${HUAWEI}:99999`, 'is not a URL'],
  ['a space', 'build example', 'is not a URL'],
  ['a script', 'javascript:alert(1)', 'is not a URL'],
])('an endpoint with %s is none, whoever wrote it', (_, text, why) => {
  for (const found of [inConfig(text), inEnv(text)]) {
    expect(found).toMatchObject({ kind: 'none', reason: expect.stringContaining(why) });
    expect(JSON.stringify(found)).not.toContain('secret');
  }
});

test.each([
  ['a port', `https://${HUAWEI}:8443`, `https://${HUAWEI}:8443`],
  ['an address', 'https://192.0.2.1', 'https://192.0.2.1'],
  ['an address as one number', 'https://3221225985', 'https://192.0.2.1'],
  ['an address of version 6', 'https://[2001:db8::1]', 'https://[2001:db8::1]'],
  ['loopback by name', 'https://localhost', 'https://localhost'],
  ['loopback by address', 'https://127.0.0.1:9', 'https://127.0.0.1:9'],
])('%s is for the user alone to choose', (_, text, url) => {
  expect(inEnv(text)).toMatchObject({ kind: 'endpoint', url, isHuawei: false });
  expect(inConfig(text)).toMatchObject({
    kind: 'none',
    reason: expect.stringContaining('in a committed file'),
  });
});

test.each(['http://localhost:8080', 'http://127.0.0.1', 'http://127.1:80', 'http://[::1]:7'])(
  'http is for the user’s own machine: %s',
  (text) => {
    expect(inEnv(text).kind).toBe('endpoint');
    expect(inConfig(text).kind).toBe('none');
  },
);

test.each(['http://localhost.evil.cn', 'http://127.0.0.1.evil.cn', 'http://[::2]', 'http://0.0.0.0'])(
  'http to another machine is refused: %s',
  (text) => {
    expect(inEnv(text)).toMatchObject({ kind: 'none', reason: expect.stringContaining('must be https') });
  },
);
