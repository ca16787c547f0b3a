import { expect, test } from 'vitest';
import { isLoopback, resolveEndpoint } from '../../src/codearts/endpoint.ts';
import { codeArtsRemote } from '../../src/codearts/remote.ts';
import { buildHostOf, projectHostOf, regionWarning } from '../../src/config/regions.ts';

const HUAWEI = 'cloudbuild-ext.cn-north-4.myhuaweicloud.com';

test.each([
  [HUAWEI, 'cn-north-4'],
  ['devcloud.la-north-2.myhuaweicloud.com', 'la-north-2'],
  ['build-backend.eu-west-101.myhuaweicloud.eu', 'eu-west-101'],
  [`${HUAWEI}.evil.cn`, null],
])('the region of an endpoint %s that stands alone is %s', (host, region) => {
  expect(resolveEndpoint({ endpoint: host }, {})).toMatchObject({ region });
});

test.each([
  [
    'the user’s',
    { 'iam-endpoint': 'iam.b.example' },
    { CODEARTS_HOOKS_IAM_ENDPOINT: 'http://127.0.0.1:7' },
    'http://127.0.0.1:7',
  ],
  ['the config’s', { 'iam-endpoint': 'iam.b.example' }, {}, 'https://iam.b.example'],
  ['the region’s', {}, {}, 'https://iam.cn-north-4.myhuaweicloud.com'],
])('tokens come from %s IAM', (_, config, env, iamUrl) => {
  expect(resolveEndpoint({ region: 'cn-north-4', ...config }, env)).toMatchObject({ iamUrl });
});

test('without a region nothing tells where tokens come from', () => {
  expect(resolveEndpoint(null, { CODEARTS_HOOKS_ENDPOINT: 'b.example' })).toMatchObject({
    kind: 'endpoint',
    iamUrl: null,
  });
});

test.each([
  'http://iam.example',
  'https://u:secret@iam.example',
  'https://iam.example/v3',
  'https://10.0.0.1',
  'localhost',
])('an IAM of a committed file that could take a password elsewhere is refused: %s', (text) => {
  const found = resolveEndpoint({ region: 'cn-north-4', 'iam-endpoint': text }, {});

  expect(found).toMatchObject({ kind: 'none', reason: expect.stringMatching(/^the iam-endpoint /) });
  expect(JSON.stringify(found)).not.toContain('secret');
});

test('Huawei’s endpoint with somebody else’s IAM is somebody else’s', () => {
  const config = { region: 'cn-north-4', 'iam-endpoint': 'iam.cn-north-4.myhuaweicloud.com.evil.cn' };

  expect(resolveEndpoint(config, {})).toMatchObject({ isHuawei: false });
});

const PROJECT = '0618c0132d524af6b81030b083d00687';

test.each([
  `git@codehub.devcloud.cn-north-7.huaweicloud.com:${PROJECT}/shop.git`,
  `https://codehub.devcloud.cn-north-7.huaweicloud.com/${PROJECT}/group/shop.git`,
  `ssh://git@codehub.devcloud.cn-north-7.huaweicloud.com:22/${PROJECT}/shop.git`,
])('the region of a remote of CodeArts Repo is taken where nothing else tells: %s', (remote) => {
  expect(codeArtsRemote(remote)).toEqual({ region: 'cn-north-7', projectId: PROJECT });
  expect(resolveEndpoint({}, {}, remote)).toMatchObject({
    region: 'cn-north-7',
    url: `https://${buildHostOf('cn-north-7')}`,
  });
  expect(resolveEndpoint({ region: 'cn-north-4' }, {}, remote)).toMatchObject({ region: 'cn-north-4' });
});

test('an older address of CodeArts Repo has a group in place of the project', () => {
  expect(codeArtsRemote('git@codehub.devcloud.cn-north-1.huaweicloud.com:team/shop.git')).toEqual({
    region: 'cn-north-1',
    projectId: null,
  });
});

test.each([
  'git@github.com:shop/shop.git',
  'git@codehub.devcloud.huaweicloud.com:team/shop.git',
  'https://codehub.devcloud.cn-north-4.huaweicloud.com.evil.cn/a/b.git',
  'https://evil.cn/codehub.devcloud.cn-north-4.huaweicloud.com/a/b.git',
  'https://xcodehub.devcloud.cn-north-4.huaweicloud.com/a/b.git',
  '../codehub.devcloud.cn-north-4.huaweicloud.com:a/b.git',
  '',
])('no region is read out of any other address: %j', (remote) => {
  expect(codeArtsRemote(remote)).toBeNull();
});

test.each([
  ['cn-north-4', null],
  ['xx-new-9', /not on the list/],
  ['la-north-2', /two hosts/],
])('of the region %s is said: %s', (region, words) => {
  if (words) expect(regionWarning(region)).toMatch(words);
  else expect(regionWarning(region)).toBeNull();
});

test('projects are listed by a host of their own', () => {
  expect(projectHostOf('cn-north-4')).toBe('projectman-ext.cn-north-4.myhuaweicloud.com');
  expect(projectHostOf('eu-west-101')).toBe('projectman-ext.eu-west-101.myhuaweicloud.eu');
});

test.each([
  ['http://127.0.0.1:8', true],
  ['https://localhost', true],
  ['http://[::1]:1', true],
  ['https://127.0.0.1.evil.cn', false],
  ['https://b.example', false],
])('%s stays on this machine: %s', (url, isLocal) => {
  expect(isLoopback(url)).toBe(isLocal);
});
