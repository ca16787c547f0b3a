import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Config } from '../../src/config/schema.ts';
import {
  approve,
  foreignHosts,
  isTrusted,
  lastApproved,
  revoke,
  trustSubject,
} from '../../src/config/trust.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const ORIGIN = 'https://host/r.git';

function config(more: Partial<Config> = {}): Config {
  const job = { id: '1'.repeat(32), name: 'ci', trigger: 'auto-execute', 'event-type': 'push' } as const;
  return {
    jobs: [job],
    'skip-markers': [],
    commits: { max: 20, 'max-message-bytes': 2000 },
    'on-unknown': 'resend',
    'max-triggers-per-push': 20,
    ...more,
  };
}

const SUBJECT = trustSubject(config(), ORIGIN);

async function home(): Promise<{ HOME: string }> {
  return { HOME: await scratchFolder() };
}

test('nothing is trusted until it is approved', async () => {
  const env = await home();
  expect(await isTrusted(SUBJECT, env)).toBe(false);

  expect(await approve(SUBJECT, env)).toBe(true);

  expect(await isTrusted(SUBJECT, env)).toBe(true);
});

test.each([
  ['the region', config({ region: 'cn-north-4' }), ORIGIN],
  ['the endpoint', config({ endpoint: 'https://evil.example' }), ORIGIN],
  ['the IAM', config({ 'iam-endpoint': 'https://evil.example' }), ORIGIN],
  [
    'a job id',
    config({ jobs: [{ id: '2'.repeat(32), name: 'ci', trigger: 'auto-execute', 'event-type': 'push' }] }),
    ORIGIN,
  ],
  [
    'a job name',
    config({
      jobs: [{ id: '1'.repeat(32), name: 'production', trigger: 'auto-execute', 'event-type': 'push' }],
    }),
    ORIGIN,
  ],
  [
    'one job more',
    config({
      jobs: [
        ...config().jobs,
        { id: '2'.repeat(32), name: 'x', trigger: 'auto-execute', 'event-type': 'push' },
      ],
    }),
    ORIGIN,
  ],
  ['the repository', config(), 'https://host/fork.git'],
])('an approval is of exactly this: another %s is not trusted', async (_, changed, origin) => {
  const env = await home();
  await approve(SUBJECT, env);

  expect(await isTrusted(trustSubject(changed, origin), env)).toBe(false);
});

test.each([
  ['branches', config({ jobs: [{ ...config().jobs[0], branches: ['x'] }] as Config['jobs'] })],
  ['the cap', config({ 'max-triggers-per-push': 1 })],
  ['the commits', config({ commits: { max: 1, 'max-message-bytes': 1 } })],
])('what sends nothing elsewhere needs no new approval: %s', async (_, changed) => {
  const env = await home();
  await approve(SUBJECT, env);

  expect(await isTrusted(trustSubject(changed, ORIGIN), env)).toBe(true);
});

test('the order of the jobs is of no importance', () => {
  const jobs = ['b', 'a'].map((name) => ({
    id: '1'.repeat(32),
    name,
    trigger: 'auto-execute' as const,
    'event-type': 'push' as const,
  }));

  expect(trustSubject(config({ jobs }), ORIGIN)).toEqual(
    trustSubject(config({ jobs: jobs.toReversed() }), ORIGIN),
  );
});

test.each([
  ['1', true],
  ['0', false],
  ['true', false],
  ['', false],
])('CODEARTS_HOOKS_TRUST=%s', async (value, expected) => {
  expect(await isTrusted(SUBJECT, { ...(await home()), CODEARTS_HOOKS_TRUST: value })).toBe(expected);
});

test('without a folder nothing can be approved', async () => {
  expect(await approve(SUBJECT, {})).toBe(false);
  expect(await isTrusted(SUBJECT, {})).toBe(false);
  expect(await revoke(ORIGIN, {})).toBe(0);
});

test('all approvals of a repository are taken back, and those of others stay', async () => {
  const env = await home();
  const other = trustSubject(config(), 'https://host/other.git');
  const second = trustSubject(config({ region: 'cn-north-4' }), ORIGIN);
  for (const subject of [SUBJECT, second, other]) await approve(subject, env);

  expect(await revoke(ORIGIN, env)).toBe(2);

  expect(await isTrusted(SUBJECT, env)).toBe(false);
  expect(await isTrusted(second, env)).toBe(false);
  expect(await isTrusted(other, env)).toBe(true);
  expect(await revoke(ORIGIN, env)).toBe(0);
});

test('files that are no approvals are left, and in nobody’s way', async () => {
  const env = await home();
  await approve(SUBJECT, env);
  const folder = join(env.HOME, '.local/state/codearts-hooks/trust');
  await writeFile(join(folder, 'f'.repeat(64)), '{"origin":');
  await writeFile(join(folder, `.${'e'.repeat(64)}.x.tmp`), '');
  await mkdir(join(folder, 'd'));

  expect(await revoke(ORIGIN, env)).toBe(1);

  expect(await readdir(folder)).toHaveLength(3);
});

/** A home with preferences. */
async function homeWith(preferences: object): Promise<{ HOME: string }> {
  const env = await home();
  const folder = join(env.HOME, '.config', 'codearts-hooks');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(preferences));
  return env;
}

test.each([
  ['host/r', true],
  ['host/*', true],
  ['other/*', false],
])('trusted-projects with %s', async (pattern, expected) => {
  const env = await homeWith({ 'trusted-projects': [pattern] });

  expect(await isTrusted(SUBJECT, env)).toBe(expected);
});

const FOREIGN = [
  ['another host', { endpoint: 'https://build.example' }],
  ['a host that only looks alike', { endpoint: 'cloudbuild-ext.cn-north-4.myhuaweicloud.com.evil.cn' }],
  ['a letter of another alphabet', { endpoint: 'cloudbuild-ext.cn-north-4.myhuaweicl\u043eud.com' }],
  ['an IAM elsewhere', { 'iam-endpoint': 'https://iam.example' }],
  ['what is no URL', { endpoint: 'https://' }],
] as const;

test.each(FOREIGN)('no trusted project and no flag lets a config name %s', async (_, keys) => {
  const env = await homeWith({ 'trusted-projects': ['host/*'] });
  const subject = trustSubject(config(keys), ORIGIN);

  expect(await isTrusted(subject, env)).toBe(false);
  expect(await isTrusted(subject, { ...env, CODEARTS_HOOKS_TRUST: '1' })).toBe(false);
  await approve(subject, env);
  expect(await isTrusted(subject, env)).toBe(true);
});

test.each([
  ['an allowed host', { endpoint: 'https://Build.example' }],
  ['an allowed IAM', { 'iam-endpoint': 'build.example' }],
  [
    'Huawei Cloud’s hosts',
    { endpoint: 'devcloud.la-north-2.myhuaweicloud.com', 'iam-endpoint': 'iam.myhuaweicloud.com' },
  ],
])('a trusted project may name %s', async (_, keys) => {
  const env = await homeWith({ 'trusted-projects': ['host/*'], 'allowed-endpoints': ['build.example'] });

  expect(await isTrusted(trustSubject(config(keys), ORIGIN), env)).toBe(true);
});

test('an endpoint that the environment names instead is not asked about', async () => {
  const subject = trustSubject(config({ endpoint: 'b.example', 'iam-endpoint': 'i.example' }), ORIGIN);
  const none = { 'allowed-endpoints': [] };

  expect(foreignHosts(subject, {}, none)).toEqual(['b.example', 'i.example']);
  expect(foreignHosts(subject, { CODEARTS_HOOKS_ENDPOINT: 'http://127.0.0.1:1' }, none)).toEqual([
    'i.example',
  ]);
  expect(foreignHosts(subject, { CODEARTS_HOOKS_IAM_ENDPOINT: 'http://127.0.0.1:1' }, none)).toEqual([
    'b.example',
  ]);
});

test('what was approved last is there to compare with', async () => {
  const env = await home();
  const later = trustSubject(
    config({ region: 'cn-north-4', 'iam-endpoint': 'iam.myhuaweicloud.com' }),
    ORIGIN,
  );
  expect(await lastApproved(ORIGIN, env)).toBeNull();
  await approve(SUBJECT, env);
  const folder = join(env.HOME, '.local/state/codearts-hooks/trust');
  for (const name of await readdir(folder)) await utimes(join(folder, name), 1, 1);
  await approve(later, env);
  await approve(trustSubject(config(), 'https://host/other.git'), env);

  expect(await lastApproved(ORIGIN, env)).toEqual(later);
});

test('the parameters of a job are part of what is approved, whatever their order', async () => {
  const env = await home();
  const [job] = config().jobs;
  if (!job) throw new Error('the config has a job');
  const withParameters = (parameters: Record<string, string>) =>
    trustSubject(config({ jobs: [{ ...job, trigger: 'execute', parameters }] }), ORIGIN);
  await approve(withParameters({ a: '1', b: '2' }), env);

  expect(await isTrusted(withParameters({ b: '2', a: '1' }), env)).toBe(true);
  expect(await isTrusted(withParameters({ a: '1', b: '3' }), env)).toBe(false);
  expect(await isTrusted(trustSubject(config(), ORIGIN), env)).toBe(false);
});
