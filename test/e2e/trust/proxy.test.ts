import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../../src/commands/rows.ts';
import { discard } from '../../fixtures/discard.ts';
import { startConnectProxy } from '../../fixtures/connect-proxy.ts';
import { until } from '../../fixtures/run.ts';
import { startSquid } from '../../fixtures/squid.ts';
import { type Authority, makeAuthority, tlsFront } from '../../fixtures/tls.ts';
import { lacks } from '../../fixtures/unavailable.ts';
import { type World, test } from '../../fixtures/world.ts';

const HOST = 'cloudbuild-ext.cn-north-4.myhuaweicloud.com';

interface Line {
  readonly authority: Authority;
  /** Of the service behind TLS. */
  readonly port: number;
  readonly env: Record<string, string>;
}

/** The world's service behind TLS, under the name of Huawei Cloud's, and a user whose git has these settings. */
async function secureWorld(world: World, settings: (authority: Authority) => string): Promise<Line> {
  const authority = await makeAuthority();
  const port = await tlsFront(world.sandbox.url, authority.issue([HOST, '127.0.0.1']));
  await writeFile(join(world.root, 'gitconfig'), settings(authority));
  const env = {
    ...world.env,
    GIT_CONFIG_GLOBAL: join(world.root, 'gitconfig'),
    CODEARTS_HOOKS_ENDPOINT: `https://${HOST}:${port}`,
  };
  return { authority, port, env };
}

async function push(world: World, env: Record<string, string>): Promise<string> {
  const after = await world.commit('one');
  await world.git(['push', '--quiet'], { env });
  return after;
}

/** The first reason that an attempt was given; what waits is then thrown away. */
async function reasonOf(world: World, env: Record<string, string>): Promise<string> {
  const row = await until('an attempt', async () => {
    const [found] = JSON.parse((await world.cli(['history', '--json'], { env })).stdout) as HistoryRow[];
    return found && found.attempts.length > 0 && found.reason !== null ? found : null;
  });
  await discard(world, row.id, env);
  await world.settled();
  return row.reason ?? '';
}

test('a push is delivered over TLS with a private CA that git knows, by a proxy of the environment', async ({
  world,
}) => {
  const { port, env } = await secureWorld(world, ({ caFile }) => `[http]\n\tsslCAInfo = ${caFile}\n`);
  const proxy = await startConnectProxy(port, { user: 'u:p@ss' });

  const after = await push(world, { ...env, HTTPS_PROXY: proxy.url.replace('//', '//u:p%40ss@') });
  await world.settled();

  expect(world.triggers()).toMatchObject([{ after }]);
  expect(proxy.asked()).toEqual([{ target: `${HOST}:${port}`, user: 'u:p@ss' }]);
});

test('of a CA that nobody has named the user is told what to do', async ({ world }) => {
  const { port, env } = await secureWorld(world, () => '');
  const proxy = await startConnectProxy(port);

  await push(world, { ...env, HTTPS_PROXY: proxy.url });
  const reason = await reasonOf(world, env);

  expect(reason).toMatch(
    /^the certificate of the service is of no CA that is trusted here \(\w+\) by the proxy 127\.0\.0\.1:\d+; name its CA: git config --global http\.sslCAInfo <file>$/,
  );
  expect(world.triggers()).toEqual([]);
});

test('without a proxy a push is delivered with NODE_EXTRA_CA_CERTS, and loopback goes by no proxy', async ({
  world,
}) => {
  const { authority, port, env } = await secureWorld(world, () => '[http]\n\tproxy = http://127.0.0.1:1\n');

  const after = await push(world, {
    ...env,
    CODEARTS_HOOKS_ENDPOINT: `https://127.0.0.1:${port}`,
    NODE_EXTRA_CA_CERTS: authority.caFile,
  });
  await world.settled();

  expect(world.triggers()).toMatchObject([{ after }]);
});

test.skipIf(lacks('squid')).for([
  ['without a password', null],
  ['with a password', { user: 'dev', password: 'p@ss w0rd' }],
] as const)('squid %s leads a push to the service', async ([, account], { world }) => {
  const squid = await startSquid([HOST], account);
  const written = account === null ? '' : `${account.user}:${encodeURIComponent(account.password)}@`;
  const { env } = await secureWorld(
    world,
    ({ caFile }) => `[http]\n\tproxy = http://${written}${squid}\n\tsslCAInfo = ${caFile}\n`,
  );

  const after = await push(world, env);
  await world.settled();
  const shown = await world.cli(['whoami', '--verify'], { env });

  expect(world.triggers()).toMatchObject([{ after }]);
  expect(shown.stdout).toContain(`proxy         ${squid}, from git config http.proxy\n`);
  expect(shown.stdout).not.toContain('p%40ss');
});

test.skipIf(lacks('squid'))(
  'squid with a wrong password is told, with its name and without the password',
  async ({ world }) => {
    const squid = await startSquid([HOST], { user: 'dev', password: 'right' });
    const { env } = await secureWorld(
      world,
      ({ caFile }) => `[http]\n\tproxy = http://dev:WRONG01@${squid}\n\tsslCAInfo = ${caFile}\n`,
    );

    await push(world, env);
    const reason = await reasonOf(world, env);

    expect(reason).toBe(`the proxy ${squid} wants another user and password (HTTP 407)`);
    expect(world.triggers()).toEqual([]);
  },
);
