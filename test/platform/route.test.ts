import { expect, test } from 'vitest';
import { isWithoutProxy, parseProxy, proxyOfEnv } from '../../src/platform/route.ts';

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

// [as it is written, url, authorization, name]
test.each([
  ['http://proxy:3128', 'http://proxy:3128', null, 'proxy:3128'],
  ['proxy:3128', 'http://proxy:3128', null, 'proxy:3128'],
  ['http://proxy', 'http://proxy:1080', null, 'proxy:1080'],
  ['proxy', 'http://proxy:1080', null, 'proxy:1080'],
  ['http://u:p@proxy/', 'http://proxy:1080', basic('u:p'), 'proxy:1080'],
  ['http://[::1]', 'http://[::1]:1080', null, '[::1]:1080'],
  ['http://proxy:80', 'http://proxy', null, 'proxy:80'],
  ['https://proxy/', 'https://proxy', null, 'proxy:443'],
  ['https://proxy:443', 'https://proxy', null, 'proxy:443'],
  ['https://proxy:80', 'https://proxy:80', null, 'proxy:80'],
  ['HTTP://Proxy:8080/', 'http://proxy:8080', null, 'proxy:8080'],
  ['http://u:p@proxy:1', 'http://proxy:1', basic('u:p'), 'proxy:1'],
  ['u:p@proxy:1', 'http://proxy:1', basic('u:p'), 'proxy:1'],
  ['http://u@proxy:1', 'http://proxy:1', basic('u:'), 'proxy:1'],
  ['http://u:p%40ss@proxy:1', 'http://proxy:1', basic('u:p@ss'), 'proxy:1'],
  ['http://u:p@ss:w/rd#1@proxy:1', 'http://proxy:1', basic('u:p@ss:w/rd#1'), 'proxy:1'],
  ['http://u:100%@proxy:1', 'http://proxy:1', basic('u:100%'), 'proxy:1'],
  ['http://[::1]:3128', 'http://[::1]:3128', null, '[::1]:3128'],
])('the proxy %s is understood, by the port that git takes without one', (text, url, authorization, name) => {
  expect(parseProxy(text)).toEqual({ url, authorization, name });
});

test.each([
  'socks5://proxy:1080',
  'socks4://proxy',
  'pac+http://x',
  'http://',
  'http://a b',
  'http://proxy:99999',
  '',
])('a proxy of another kind is none that we know: %j', (text) => {
  expect(parseProxy(text)).toBeNull();
});

test.each([
  [{}, null],
  [{ HTTP_PROXY: 'http://h' }, null],
  [{ HTTPS_PROXY: 'http://a', https_proxy: 'http://b' }, 'http://b'],
  [{ HTTPS_PROXY: 'http://a', ALL_PROXY: 'http://c' }, 'http://a'],
  [{ all_proxy: 'http://c' }, 'http://c'],
  [{ HTTPS_PROXY: '' }, null],
])('of %j the proxy for https is %s', (env, proxy) => {
  expect(proxyOfEnv(env)).toBe(proxy);
});

// [host, NO_PROXY, whether no proxy is used]
test.each([
  ['build.example.com', '', false],
  ['build.example.com', '*', true],
  ['build.example.com', 'build.example.com', true],
  ['build.example.com', 'BUILD.example.COM', true],
  ['build.example.com', 'example.com', true],
  ['build.example.com', '.example.com', true],
  ['build.example.com', '*.example.com', true],
  ['build.example.com', 'other, .example.com', true],
  ['build.example.com', 'other .example.com', true],
  ['build.example.com', 'ample.com', false],
  ['build.example.com', 'com.evil', false],
  ['build.example.com', 'build.example.com.evil', false],
  ['build.example.com', 'build.example.com:443', true],
  ['build.example.com', 'build.example.com:8443', false],
  ['build.example.com:8443', 'example.com:8443', true],
  ['10.0.0.1', '10.0.0.1', true],
  ['[::1]:3', '::1', true],
  ['[::1]:3', '[::1]', true],
  ['build.example.com', ',, ,', false],
])('https://%s with NO_PROXY=%s is reached without a proxy: %s', (host, noProxy, isWithout) => {
  expect(isWithoutProxy(new URL(`https://${host}`), noProxy)).toBe(isWithout);
});
