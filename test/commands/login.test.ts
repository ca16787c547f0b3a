import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../src/commands/rows.ts';
import { startDenyingServer } from '../fixtures/raw-server.ts';
import { until } from '../fixtures/run.ts';
import { type World, test } from '../fixtures/world.ts';
import { bare, credentialsPath, heldPush, keyLines } from './credentials.ts';

test('login takes a key from standard input, asks the service, stores it for its host, and sends what waited', async ({
  world,
}) => {
  const env = bare(world);
  const after = await heldPush(world, env);
  const held = JSON.parse((await world.cli(['history', '--json'], { env })).stdout) as HistoryRow[];

  const { stdout, stderr } = await world.cli(['login', '--stdin'], { env, stdin: keyLines(world) });
  await until('the build', async () => world.triggers().length > 0);
  await world.settled();

  expect(held).toMatchObject([{ state: 'held', reason: expect.stringContaining('no credentials for') }]);
  expect(stdout).toBe('');
  expect(stderr).toContain(`stored in ${credentialsPath(world)}, readable by you alone, not encrypted\n`);
  expect(stderr).toMatch(/logged in to 127\.0\.0\.1:\d+\n$/);
  expect(stderr).not.toContain(world.sandbox.sk);
  expect(world.sandbox.requests()[0]).toMatchObject({
    method: 'GET',
    path: expect.stringMatching(/\/config$/),
  });
  expect(world.triggers()).toMatchObject([{ after }]);
  expect((await stat(credentialsPath(world))).mode & 0o777).toBe(0o600);
});

const FORMS: readonly (readonly [string, (world: World) => string])[] = [
  ['JSON', ({ sandbox }) => JSON.stringify({ ak: sandbox.ak, sk: sandbox.sk })],
  ['lines of Windows', (world) => `\uFEFF${keyLines(world).replaceAll('\n', '\r\n')}`],
  ['a token alone', ({ sandbox }) => `${sandbox.token}\n`],
  [
    'a user',
    ({ sandbox: { user } }) => `user: ${user.name}\npassword: ${user.password}\ndomain: ${user.domain}\n`,
  ],
];

test.for(FORMS)('login --stdin takes %s, and a push uses it', async ([, text], { world }) => {
  const env = bare(world);

  await world.cli(['login', '--stdin'], { env, stdin: text(world) });
  const after = await heldPush(world, env);

  expect(world.triggers()).toMatchObject([{ after }]);
});

test.for([
  ['a wrong key', 'ak=AKWRONG0001\nsk=SKWRONG0001\n', 4, 'was refused: APIGW.0301'],
  ['a key without its secret', 'ak=AKWRONG0001\n', 4, 'incomplete credentials: ak is set, sk is not'],
  ['a malformed token', 'token=a b\n', 4, 'malformed credentials: token'],
  ['something else', 'hello world\n', 4, 'line 1 of standard input is not name=value'],
  ['nothing', '', 4, 'no credentials were given'],
] as const)(
  'login --stdin with %s stores nothing and says why',
  async ([, stdin, exitCode, words], { world }) => {
    const env = bare(world);

    const ran = await world.cli(['login', '--stdin'], { env, stdin, mayFail: true });

    expect(ran).toMatchObject({ exitCode, stdout: '', stderr: expect.stringContaining(words) });
    expect(ran.stderr).toContain('hint: ');
    expect(ran.stderr).not.toMatch(/WRONG0|a b/);
    await expect(stat(credentialsPath(world))).rejects.toThrow('ENOENT');
  },
);

test('a service that cannot be asked is no reason to store blindly, unless the user says so', async ({
  world,
}) => {
  const env = { ...bare(world), CODEARTS_HOOKS_ENDPOINT: 'http://127.0.0.1:1' };

  const refused = await world.cli(['login', '--stdin'], { env, stdin: keyLines(world), mayFail: true });
  const stored = await world.cli(['login', '--stdin', '--no-verify'], { env, stdin: keyLines(world) });

  expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('could not be verified') });
  expect(stored.stderr).toContain('stored in');
});

test('what was stored for one host is not sent to another', async ({ world }) => {
  const env = bare(world);
  await world.cli(['login', '--stdin'], { env, stdin: keyLines(world) });
  const before = world.sandbox.requests().length;

  const other = await world.cli(['whoami', '--json'], {
    env: { ...env, CODEARTS_HOOKS_ENDPOINT: 'http://127.0.0.1:1' },
    mayFail: true,
  });

  expect(other.exitCode).toBe(4);
  expect(JSON.parse(other.stdout)).toMatchObject({ source: null, account: null });
  expect(world.sandbox.requests()).toHaveLength(before);
});

test('without a terminal and without --stdin login says how', async ({ world }) => {
  const ran = await world.cli(['login'], { env: bare(world), mayFail: true });

  expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('codearts-hooks login --stdin') });
});

test('login warns of what comes before it', async ({ world }) => {
  const env = { ...bare(world), HW_AUTH_TOKEN: world.sandbox.token };

  const { stderr } = await world.cli(['login', '--stdin'], { env, stdin: keyLines(world) });

  expect(stderr).toContain('HW_AUTH_TOKEN comes before it');
});

test('whoami --verify gives 4 to credentials that are refused, 1 when the service is away or no way leads there', async ({
  world,
}) => {
  const verify = async (more: Record<string, string>) =>
    await world.cli(['whoami', '--verify'], { env: { ...world.env, ...more }, mayFail: true });

  const refused = await verify({ CODEARTS_HOOKS_TOKEN: 'another' });
  const away = await verify({ CODEARTS_HOOKS_ENDPOINT: 'http://127.0.0.1:1' });
  const folder = join(world.env['HOME'] ?? '', '.config', 'codearts-hooks');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), '{"proxy": "socks9://proxy.example"}');
  const endpoint = 'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com';
  const noWay = await verify({ CODEARTS_HOOKS_ENDPOINT: endpoint });
  const login = await world.cli(['login', '--stdin'], {
    env: { ...bare(world), CODEARTS_HOOKS_ENDPOINT: endpoint },
    stdin: keyLines(world),
    mayFail: true,
  });

  expect(refused).toMatchObject({ exitCode: 4, stdout: expect.stringMatching(/✗ +service .*refused/) });
  expect(away).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/✗ +service .*ECONNREFUSED/) });
  expect(noWay).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/✗ +service .*of no kind that is known/),
  });
  expect(login).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('change that setting') });
  expect(login.stderr).not.toMatch(/--no-verify|try again later/);
});

test('an IAM that denies the right is a refusal: nothing is stored, and it is not tried again later', async ({
  world,
}) => {
  const iam = await startDenyingServer();
  const env = { ...bare(world), CODEARTS_HOOKS_IAM_ENDPOINT: iam.url };
  const stdin = 'user=u\npassword=p\ndomain=d\n';

  const refused = await world.cli(['login', '--stdin'], { env, stdin, mayFail: true });

  expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('hint: nothing was stored') });
  expect(refused.stderr).not.toContain('--no-verify');
});

test('without git, and so without a repository, whoami says what it needs', async ({ world }) => {
  const { CODEARTS_HOOKS_ENDPOINT: _endpoint, ...env } = bare(world);

  const asked = await world.cli(['whoami'], { env: { ...env, PATH: '/nowhere' }, mayFail: true });

  expect(asked).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('no region and no endpoint is set'),
  });
});
