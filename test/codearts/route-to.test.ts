import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { routeTo } from '../../src/codearts/route-to.ts';
import { DEFAULT_PREFERENCES } from '../../src/config/preference-values.ts';
import { makeRepo } from '../fixtures/repo.ts';
import { makeAuthority } from '../fixtures/tls.ts';

const URL = 'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com';

/** The way by the settings of a git whose user has a CA at `~/ca.pem`, and how often git was asked. */
async function wayBy(settings: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) {
  const repo = await makeRepo();
  const { caFile } = await makeAuthority();
  await copyFile(caFile, join(repo.env['HOME'] ?? '', 'ca.pem'));
  for (const [key, value] of Object.entries(settings)) await repo.git(['config', key, value]);
  let count = 0;
  const git = {
    run: async (args: readonly string[]) => {
      count += 1;
      return await repo.product.run(args);
    },
  };
  const way = await routeTo(URL, { env, preferences: DEFAULT_PREFERENCES, git });
  return { way, count, caFile };
}

test.each(['http.sslCAInfo', `http.${URL}/.sslCAInfo`])(
  'a CA file below the home of git’s user is found as git finds it: %s',
  async (key) => {
    const { way, count } = await wayBy({ [key]: '~/ca.pem', 'http.proxy': 'http://proxy:3128' });

    expect(way).toMatchObject({ kind: 'way', route: { proxy: { name: 'proxy:3128' } } });
    expect(way.kind === 'way' && way.route?.ca?.length).toBeGreaterThan(1);
    expect(count).toBe(2);
  },
);

test('a CA file below the home of nobody is told as it is written', async () => {
  const { way } = await wayBy({ 'http.sslCAInfo': '~nobody-is-called-so/ca.pem' });

  expect(way).toEqual({ kind: 'broken', reason: 'the CA file ~nobody-is-called-so/ca.pem is not there' });
});

test('git is asked once where no path is to be expanded', async () => {
  const { way, count } = await wayBy({ 'http.sslCAInfo': '/nowhere/ca.pem', 'http.sslVerify': 'true' });

  expect(way).toEqual({ kind: 'broken', reason: 'the CA file /nowhere/ca.pem is not there' });
  expect(count).toBe(1);
});

test('a proxy without a port is at the port where git looks for it, of the environment too', async () => {
  const { way } = await wayBy({ 'http.proxy': 'http://127.0.0.1' });
  const ofEnv = await wayBy({}, { HTTPS_PROXY: 'http://127.0.0.1' });

  const proxy = { url: 'http://127.0.0.1:1080', name: '127.0.0.1:1080' };
  expect([way, ofEnv.way]).toMatchObject([{ route: { proxy } }, { route: { proxy } }]);
});
