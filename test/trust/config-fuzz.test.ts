import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { resolveEndpoint } from '../../src/codearts/endpoint.ts';
import { loadConfig } from '../../src/config/load.ts';
import { FORBIDDEN_KEYS, isForbidden } from '../../src/config/schema.ts';
import { trustSubject, foreignHosts } from '../../src/config/trust.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { RUNS } from './runs.ts';

const SECRET = 'S3CRETcanary0123';
const ID = 'f9d6c8466d614a9788e9a0acf6c15f46';

const hosts = fc.constantFrom(
  'cloudbuild-ext.cn-north-4.myhuaweicloud.com',
  'cloudbuild-ext.cn-north-4.myhuaweicloud.com.evil.cn',
  'https://u:p@cloudbuild-ext.cn-north-4.myhuaweicloud.com',
  'http://evil.cn',
  'https://127.0.0.1',
  'evil.cn:8443',
  'javascript:alert(1)',
  '//evil.cn',
  'https://evil.cn/x',
);
const endpoint = fc.oneof(hosts, fc.string(), fc.webUrl());
const region = fc.oneof(fc.constantFrom('cn-north-4', 'eu-west-101', 'xx-new-9'), fc.string());
const job = fc.record(
  {
    id: fc.oneof(fc.constant(ID), fc.constant(`https://x.example/${ID}?a`), fc.string(), fc.integer()),
    name: fc.oneof(fc.string(), fc.constant('ci')),
    branches: fc.oneof(fc.array(fc.string({ maxLength: 5 }), { maxLength: 3 }), fc.string()),
  },
  { requiredKeys: [] },
);
const known = fc.record(
  {
    region,
    endpoint,
    'iam-endpoint': endpoint,
    jobs: fc.oneof(fc.array(job, { maxLength: 3 }), fc.jsonValue()),
  },
  { requiredKeys: [] },
);
/** What people write: mostly right. */
const plausible = fc.record(
  {
    region: fc.constantFrom('cn-north-4', 'eu-west-101'),
    endpoint: hosts,
    'iam-endpoint': hosts,
    jobs: fc.constantFrom([{ id: ID }], [{ id: ID, name: 'ci', branches: ['main'] }], []),
  },
  { requiredKeys: ['jobs'] },
);
const forbidden = fc.dictionary(fc.constantFrom(...FORBIDDEN_KEYS), fc.constant(SECRET), { maxKeys: 1 });
const other = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue(), { maxKeys: 2 });
const config = fc.tuple(known, forbidden, other).map(([a, b, c]) => JSON.stringify({ ...c, ...a, ...b }));
const text = fc.oneof(
  { weight: 4, arbitrary: plausible.map((value) => JSON.stringify(value)) },
  { weight: 6, arbitrary: config },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 1, arbitrary: config.map((whole) => whole.slice(0, whole.length / 2)) },
  { weight: 1, arbitrary: config.map((whole) => `\uFEFF${whole.replaceAll(',', ',\r\n')}`) },
);

/** What the documents say of a text: whether it is a config that a push may follow. */
function isUsable(raw: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(raw.replace(/^\uFEFF/, ''));
  } catch {
    return false;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { jobs, region: named, endpoint: url, 'iam-endpoint': iam } = value as Record<string, unknown>;
  const isHost = (one: unknown): boolean => one === undefined || (typeof one === 'string' && one !== '');
  const isRegion = named === undefined || (typeof named === 'string' && /^[a-z]+(-[a-z]+)+-\d+$/.test(named));
  if (!Array.isArray(jobs) || !isRegion || !isHost(url) || !isHost(iam)) return false;
  if (Object.keys(value).some((key) => isForbidden(key))) return false;
  const names = jobs.map((one: Record<string, unknown> | null) => one?.['name'] ?? idIn(one?.['id']));
  return new Set(names).size === names.length && (jobs as unknown[]).every(isJob);
}

function isJob(one: unknown): boolean {
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return false;
  const { id, name, branches } = one as Record<string, unknown>;
  const isName = name === undefined || (typeof name === 'string' && name !== '' && name.length <= 100);
  const isList =
    branches === undefined ||
    (Array.isArray(branches) && branches.every((each) => typeof each === 'string' && each !== ''));
  return idIn(id) !== null && isName && isList && Object.keys(one).every((key) => !isForbidden(key));
}

function idIn(id: unknown): string | null {
  return typeof id === 'string' ? (/(?:^|[/=])([0-9A-Za-z]{32})(?=$|[/?#&])/.exec(id)?.[1] ?? null) : null;
}

test(`of ${RUNS} config files each is taken or told, as documented, and no secret is quoted`, async () => {
  const folder = await scratchFolder();
  const counts = { taken: 0, told: 0 };

  await fc.assert(
    fc.asyncProperty(text, async (raw) => {
      await writeFile(join(folder, 'codearts-hooks.json'), raw);
      const loaded = await loadConfig(folder);

      expect(loaded.path).toBe('codearts-hooks.json');
      expect(JSON.stringify(loaded.problems)).not.toContain(SECRET);
      if (loaded.config === null) {
        counts.told += 1;
        expect(isUsable(raw)).toBe(false);
        expect(loaded.problems.length).toBeGreaterThan(0);
        for (const { line, column } of loaded.problems)
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        return;
      }
      counts.taken += 1;
      expect(isUsable(raw)).toBe(true);
      checkEndpoint(loaded.config);
    }),
    { numRuns: RUNS },
  );

  expect(Math.min(counts.taken, counts.told)).toBeGreaterThan(RUNS / 20);
});

/** A committed endpoint is https, of a name, without user and port; a stranger's is known for one. */
function checkEndpoint(config: Parameters<typeof trustSubject>[0]): void {
  const found = resolveEndpoint(config, {});
  if (found.kind === 'none') return;
  for (const url of [found.url, found.iamUrl ?? found.url].map((each) => new URL(each))) {
    expect(url).toMatchObject({ protocol: 'https:', username: '', password: '', port: '', pathname: '/' });
    expect(url.hostname).not.toMatch(/^[\d.]+$|^\[|^localhost$/);
  }
  const isForeign = foreignHosts(trustSubject(config, 'x'), {}, { 'allowed-endpoints': [] }).length > 0;
  expect(found.isHuawei).toBe(!isForeign);
}
