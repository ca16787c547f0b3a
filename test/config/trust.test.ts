import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Config } from '../../src/config/schema.ts';
import { approve, isTrusted, revoke, trustSubject } from '../../src/config/trust.ts';
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
