import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ZERO, test } from '../fixtures/world.ts';

test('status --json has the documented shape before and after a push', async ({ world }) => {
  const before: unknown = JSON.parse((await world.cli(['status', '--json'])).stdout);
  await world.commit('one');
  await world.git(['push', '--quiet']);
  await world.settled();

  const after: unknown = JSON.parse((await world.cli(['status', '--json'])).stdout);

  const common = {
    installed: true,
    layers: [{ kind: 'files', path: `${world.dir}/.git/hooks/pre-push`, ok: true }],
    config: { path: 'codearts-hooks.json', valid: true, problems: [] },
    credentials: { source: 'CODEARTS_HOOKS_TOKEN' },
    trusted: true,
    pending: 0,
    held: 0,
    failed: 0,
  };
  expect(before).toEqual({ ...common, last: null });
  expect(after).toEqual({ ...common, last: expect.objectContaining({ state: 'delivered' }) });
});

test('history --json and show --json have the documented keys and no others', async ({ world }) => {
  await world.commit('one');
  await world.git(['push', '--quiet']);
  await world.settled();

  const [row] = JSON.parse((await world.cli(['history', '--json'])).stdout) as Record<string, unknown>[];
  const shown = JSON.parse(
    (await world.cli(['show', String(row?.['id']).slice(0, 5), '--json'])).stdout,
  ) as Record<string, unknown>;

  const keys = [
    'after',
    'attempts',
    'before',
    'build',
    'id',
    'job',
    'kind',
    'pushedAt',
    'reason',
    'ref',
    'remote',
    'source',
    'state',
  ];
  expect(Object.keys(row ?? {}).sort()).toEqual(keys);
  expect(Object.keys(shown).sort()).toEqual([...keys, 'events', 'request'].sort());
  expect(row?.['pushedAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(Object.keys(((row?.['attempts'] ?? []) as object[])[0] ?? {}).sort()).toEqual([
    'at',
    'durationMs',
    'errorCode',
    'httpStatus',
    'outcome',
    'requestId',
  ]);
  expect(Object.keys(row?.['build'] ?? {}).sort()).toEqual(['dailyNumber', 'jobName', 'number']);
  expect(JSON.stringify(shown)).not.toContain(world.sandbox.token);
});

test('trigger --dry-run --json is the request that a push would send, without the token', async ({
  world,
}) => {
  const before = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
  const after = await world.commit('one');

  const { stdout } = await world.cli(['trigger', '--dry-run', '--json']);
  await world.git(['push', '--quiet']);
  await world.settled();

  const [request] = JSON.parse(stdout) as {
    job: string;
    method: string;
    url: string;
    headers: Record<string, string>;
    body: unknown;
  }[];
  const [sent] = world.sandbox.requests();
  expect(request).toMatchObject({ job: 'ci', method: 'POST', url: `${world.sandbox.url}${sent?.path}` });
  expect(request?.headers['x-auth-token']).toBe('[redacted]');
  expect(request?.body).toEqual(sent?.body);
  expect(request?.body).toMatchObject({ ref: 'refs/heads/main', before, after });
});

test('trigger --dry-run and show have the headers that would be sent: what signs, what is a token, or neither', async ({
  world,
}) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...nobody } = world.env;
  const { ak, sk } = world.sandbox;
  const signed = {
    ...nobody,
    HUAWEICLOUD_SDK_AK: ak,
    HUAWEICLOUD_SDK_SK: sk,
    HUAWEICLOUD_SDK_SECURITY_TOKEN: 'temporary-token',
  };
  const headersOf = async (env: Record<string, string>, args: readonly string[]) => {
    const { stdout } = await world.cli([...args, '--json'], { env });
    const value = JSON.parse(stdout) as { request: unknown } | unknown[];
    const { headers } = (Array.isArray(value) ? value[0] : value.request) as {
      headers: Record<string, string>;
    };
    const { 'content-type': _type, 'user-agent': _agent, ...proof } = headers;
    return { text: stdout, proof };
  };
  await world.commit('one');
  await world.git(['push', '--quiet']);
  await world.settled();
  const id = (JSON.parse((await world.cli(['history', '--json'])).stdout) as { id: string }[])[0]?.id ?? '';

  for (const args of [
    ['trigger', '--dry-run'],
    ['show', id],
  ]) {
    const bySignature = await headersOf(signed, args);
    expect(bySignature.proof).toEqual({
      authorization: '[redacted]',
      'x-sdk-date': expect.stringMatching(/^\d{8}T\d{6}Z$/) as string,
      'x-security-token': '[redacted]',
    });
    for (const secret of [ak, sk, 'temporary-token']) expect(bySignature.text).not.toContain(secret);
    expect((await headersOf(world.env, args)).proof).toEqual({ 'x-auth-token': '[redacted]' });
    expect((await headersOf(nobody, args)).proof).toEqual({});
  }
});

test('trigger starts the builds of a range by hand, and --wait tells the build', async ({ world }) => {
  const from = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
  const one = await world.commit('one');
  const two = await world.commit('two');

  const { stdout, exitCode } = await world.cli(['trigger', `${from}..main`, '--wait']);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/main {2}[0-9a-f]{7} {2}delivered {2}ci #1\n$/);
  expect(world.triggers()).toEqual([{ ref: 'refs/heads/main', before: from, after: two }]);
  expect(world.sandbox.requests()[0]?.body).toMatchObject({ commits: [{ id: one }, { id: two }] });
});

test('trigger --job starts a job whose rules do not ask for the ref', async ({ world }) => {
  await world.git(['tag', 'v1']);

  const refused = await world.cli(['trigger', 'v1', '--wait'], { mayFail: true });
  const forced = await world.cli(['trigger', 'v1', '--job', 'ci', '--wait']);

  expect(refused).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('no job asks for refs/tags/v1'),
  });
  expect(forced.exitCode).toBe(0);
  expect(world.triggers()).toMatchObject([{ ref: 'refs/tags/v1' }]);
});

test('flush exits with 8 while something is pending, and 0 when nothing is', async ({ world }) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  await world.commit('one');
  await world.git(['push', '--quiet'], { env });
  await world.settled();

  const pending = await world.cli(['flush', '--json'], { env, mayFail: true });
  const all = await world.cli(['flush', '--all'], { cwd: world.root });

  expect(pending.exitCode).toBe(8);
  expect(JSON.parse(pending.stdout)).toMatchObject([
    { state: 'held', before: expect.not.stringMatching(ZERO) },
  ]);
  expect(all.exitCode).toBe(0);
  expect(world.triggers()).toHaveLength(1);
});

test('flush --all tells of a repository that is broken, and goes on with the others', async ({ world }) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  await world.commit('one');
  await world.git(['push', '--quiet'], { env });
  await world.settled();
  const broken = join(world.root, 'a-broken-one');
  await mkdir(join(broken, 'codearts-hooks'), { recursive: true });
  const list = join(world.env['HOME'] ?? '', '.local', 'state', 'codearts-hooks', 'repos');
  await writeFile(join(list, '0'.repeat(16)), `${broken}\n`);

  const { exitCode, stderr } = await world.cli(['flush', '--all'], { cwd: world.root, mayFail: true });

  expect(exitCode).toBe(1);
  expect(stderr).toContain(`warning: ${broken}: `);
  expect(world.triggers()).toHaveLength(1);
});
