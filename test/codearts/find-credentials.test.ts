import { chmod, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { hasKooCli, sdkCredentials } from '../../src/codearts/sdk-credentials.ts';
import {
  storeCredentials,
  storedCredentials,
  forgetCredentials,
} from '../../src/codearts/stored-credentials.ts';
import { systemClock } from '../../src/platform/node.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { keyEnv, startGate, userEnv } from './gate.ts';

/** A program that prints `text`, and counts its runs. */
function script(text: string): string {
  return `#!/bin/sh\necho run >>"$HOME/runs"\nprintf '%s' '${text}'\n`;
}

test('a command of the user’s gives the key; it is told the host, and run once a process', async () => {
  const gate = await startGate();
  const { ak, sk } = gate.sandbox;
  const command = await gate.write(
    'give',
    `#!/bin/sh\necho "$CODEARTS_HOOKS_HOST" >>"$HOME/runs"\nprintf '{"ak":"%s","sk":"%s"}' ${ak} ${sk}\n`,
    0o755,
  );
  const authorizer = gate.process({}, { 'credential-command': [command, '--vault', 'S3CRET'] });

  const target = { endpoint: gate.sandbox.url, iamUrl: gate.sandbox.url, region: 'cn-north-4' };
  const checks = [await authorizer.check(target), await authorizer.check(target)];
  const results = [await gate.trigger(authorizer), await gate.trigger(authorizer)];

  expect(checks).toEqual([null, null]);
  expect(results).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(await readFile(`${gate.home}/runs`, 'utf8')).toBe(`${new URL(gate.sandbox.url).host}\n`);
});

test.each([
  ['fails', '#!/bin/sh\necho S3CRET; echo S3CRET >&2; exit 3\n', 'ended with 3'],
  ['gives no JSON', script('S3CRET'), 'is not JSON'],
  ['gives nothing', script(''), 'is not JSON'],
  ['gives half a key', script('{"ak":"S3CRETAK"}'), '"sk" of credential-command give is not'],
  ['cannot be started', '#!/nowhere/interpreter\n', 'credential-command give could not be started'],
  ['never stops talking', '#!/bin/sh\nyes S3CRET\n', 'credential-command give printed more than 64 KB'],
  ['is killed', '#!/bin/sh\nkill -9 $$\n', 'credential-command give was killed'],
])(
  'a command that %s is told by its name, and what comes after it is not taken instead',
  async (_, text, words) => {
    const gate = await startGate();
    const command = await gate.write('give', text, 0o755);
    await gate.write('.huaweicloud/credentials', `[basic]\nak=${gate.sandbox.ak}\nsk=${gate.sandbox.sk}\n`);

    const result = await gate.trigger(gate.process({}, { 'credential-command': [command, 'S3CRET'] }));

    expect(result).toMatchObject({ kind: 'held', hold: 'login', reason: expect.stringContaining(words) });
    expect(JSON.stringify(result)).not.toContain('S3CRET');
    expect(gate.sandbox.requests()).toEqual([]);
  },
);

test('temporary keys of a command that have ended are asked for again, once', async () => {
  const gate = await startGate();
  const { ak, sk } = gate.sandbox;
  const command = await gate.write(
    'give',
    `#!/bin/sh\nif [ -e "$HOME/runs" ]; then printf '{"ak":"${ak}","sk":"${sk}"}'; else printf '{"ak":"AKOLD00001","sk":"x"}'; fi\necho run >>"$HOME/runs"\n`,
    0o755,
  );

  const result = await gate.trigger(gate.process({}, { 'credential-command': [command] }));

  expect(result).toMatchObject({ status: 200 });
  expect(gate.requests()).toEqual(['POST auto-execute 401', 'POST auto-execute 200']);
});

test('the places count in the documented order', async () => {
  const gate = await startGate();
  const { ak, sk } = gate.sandbox;
  const binding = { host: new URL(gate.sandbox.url).host, iamHost: null };
  const env = { PATH: process.env['PATH'], HOME: gate.home };
  const own = (who: string) => ({
    source: '',
    key: { ak: `AK${who}`, sk, securityToken: null },
    token: null,
    user: null,
  });
  await gate.write(
    '.huaweicloud/credentials',
    `; comment\n[other]\nak = no\n[basic]\nak = ${ak}\nsk = ${sk}\n`,
  );
  const command = await gate.write('give', script(`{"ak":"AKcommand1","sk":"${sk}"}`), 0o755);
  const seen: string[] = [];
  const look = async (more = {}, preferences = {}) => {
    const access = await gate
      .process(more, preferences)
      .access({ endpoint: gate.sandbox.url, iamUrl: null, region: null });
    seen.push(access.kind === 'ready' ? access.words() : access.kind);
  };

  await look();
  await storeCredentials(binding, own('stored'), { env, clock: fakeClock() });
  await look();
  await look({}, { 'credential-command': [command] });
  await look({ HW_ACCESS_KEY: 'A', HW_SECRET_KEY: 'S' }, { 'credential-command': [command] });
  await look({ HW_ACCESS_KEY: 'A', HW_SECRET_KEY: 'S', ...keyEnv(gate.sandbox) });
  await look({ ...keyEnv(gate.sandbox), CODEARTS_HOOKS_TOKEN: 'T' });

  expect(seen).toEqual([
    `the access key of ${gate.home}/.huaweicloud/credentials`,
    `the access key of ${gate.home}/.config/codearts-hooks/credentials.json`,
    'the access key of credential-command give',
    'the access key of HW_ACCESS_KEY',
    'the access key of HUAWEICLOUD_SDK_AK',
    'the token of CODEARTS_HOOKS_TOKEN',
  ]);
});

test('what is stored for a host is for that host, and a password for its IAM alone', async () => {
  const gate = await startGate();
  const env = { PATH: process.env['PATH'], HOME: gate.home };
  const set = { source: '', key: null, token: null, user: { name: 'u', password: 'p', domain: 'd' } };
  await storeCredentials({ host: 'a.example', iamHost: 'iam.example' }, set, { env, clock: fakeClock() });

  const found = [
    await storedCredentials({ host: 'a.example', iamHost: 'iam.example' }, env),
    await storedCredentials({ host: 'a.example', iamHost: 'evil.example' }, env),
    await storedCredentials({ host: 'a.example.evil.cn', iamHost: 'iam.example' }, env),
  ];

  expect(found).toMatchObject([
    { set: { user: { password: 'p' } } },
    { set: { user: null } },
    { kind: 'none' },
  ]);
  expect(await forgetCredentials('a.example', { env, clock: fakeClock() })).toEqual({
    kind: 'forgotten',
    hosts: ['a.example'],
  });
  expect(await storedCredentials({ host: 'a.example', iamHost: 'iam.example' }, env)).toEqual({
    kind: 'none',
  });
});

test('what is stored for many hosts at once is all kept, and all forgotten', async () => {
  const gate = await startGate();
  const effects = { env: { HOME: gate.home }, clock: systemClock };
  const hosts = Array.from({ length: 8 }, (_, number) => `${number}.example`);

  const stored = await Promise.all(
    hosts.map(
      async (host) =>
        await storeCredentials(
          { host, iamHost: null },
          { source: '', key: null, token: host, user: null },
          effects,
        ),
    ),
  );

  expect(stored.filter(({ kind }) => kind !== 'stored')).toEqual([]);
  for (const host of hosts) {
    expect(await storedCredentials({ host, iamHost: null }, effects.env)).toMatchObject({
      set: { token: host },
    });
  }
  await Promise.all(hosts.slice(1).map(async (host) => await forgetCredentials(host, effects)));
  expect(await forgetCredentials(null, effects)).toEqual({ kind: 'forgotten', hosts: ['0.example'] });
});

test('what nobody has named a host for goes to no host but Huawei Cloud’s and the user’s own', async () => {
  const gate = await startGate();
  await gate.write('.huaweicloud/credentials', `[basic]\nak=${gate.sandbox.ak}\nsk=${gate.sandbox.sk}\n`);
  const foreign = { endpoint: 'https://builds.example', iamUrl: 'https://iam.example', region: 'cn-north-4' };
  const huawei = { ...foreign, endpoint: 'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com' };
  const kinds = async (target: typeof foreign, preferences = {}) =>
    (await gate.process(userEnv(gate.sandbox), preferences).access(target)).kind;

  expect(await kinds(foreign)).toBe('held');
  expect(await kinds(huawei)).toBe('ready');
  expect(await kinds(foreign, { 'allowed-endpoints': ['builds.example'] })).toBe('ready');
});

test('a profile that cannot be read is told; KooCLI is noticed, and not read', async () => {
  const gate = await startGate();
  const env = { HOME: gate.home };
  expect(await sdkCredentials(env)).toEqual({ kind: 'none' });
  expect(await sdkCredentials({})).toEqual({ kind: 'none' });
  const path = await gate.write('elsewhere', '[basic]\nak=A\n');

  expect(await sdkCredentials({ ...env, HUAWEICLOUD_SDK_CREDENTIALS_FILE: path })).toEqual({
    kind: 'broken',
    reason: `incomplete credentials: ak in ${path} is set, sk in ${path} is not`,
  });
  expect(await sdkCredentials({ ...env, HUAWEICLOUD_SDK_CREDENTIALS_FILE: gate.home })).toMatchObject({
    reason: `${gate.home} cannot be read`,
  });
  expect(await hasKooCli(env)).toBe(false);
  await gate.write('.hcloud/config.json', '{}');
  expect(await hasKooCli(env)).toBe(true);
});

test('a stored file that is broken is told, and not written over', async () => {
  const gate = await startGate();
  const env = { HOME: gate.home };
  const path = await gate.write('.config/codearts-hooks/credentials.json', '{"hosts":');
  const set = { source: '', key: null, token: 'T', user: null };

  expect(await storedCredentials({ host: 'h', iamHost: null }, env)).toEqual({
    kind: 'broken',
    reason: `${path} is not valid JSON`,
  });
  expect(
    await storeCredentials({ host: 'h', iamHost: null }, set, { env, clock: fakeClock() }),
  ).toMatchObject({ kind: 'problem' });
  await chmod(path, 0o644);
  expect(await storedCredentials({ host: 'h', iamHost: null }, env)).toMatchObject({
    reason: expect.stringContaining('chmod 600'),
  });
  expect(
    await storeCredentials({ host: 'h', iamHost: null }, set, { env: {}, clock: fakeClock() }),
  ).toMatchObject({
    reason: expect.stringContaining('HOME'),
  });
});
