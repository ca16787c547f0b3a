import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { stripUrl } from '../../src/core/redact.ts';
import { run } from '../fixtures/run.ts';

const CANARY = 'S3CR-canary-9f';

// [as git has it, as it is stored]
const URLS = [
  ['https://host/r.git', 'https://host/r.git'],
  [`https://alice:${CANARY}@host/r.git`, 'https://host/r.git'],
  [`https://${CANARY}@host/r.git`, 'https://host/r.git'],
  [`https://:${CANARY}@host/r.git`, 'https://host/r.git'],
  [`https://alice:${CANARY}@host:8443/r.git`, 'https://host:8443/r.git'],
  [`https://alice@example.com:${CANARY}@host/r.git`, 'https://host/r.git'],
  [`https://alice:a@${CANARY}@host/r.git`, 'https://host/r.git'],
  [`https://alice:a/${CANARY}@host/r.git`, 'https://host/r.git'],
  [`https://alice:${CANARY}/a/b@host/r.git`, 'https://host/r.git'],
  [`http://alice:${CANARY}@host/r.git`, 'http://host/r.git'],
  [`https://host/r.git?private_token=${CANARY}`, 'https://host/r.git'],
  [`https://host/r.git#${CANARY}`, 'https://host/r.git'],
  [`https://alice:a#${CANARY}@host/r.git`, 'https://host/r.git'],
  [`https://alice:a?${CANARY}@host/r.git`, 'https://host/r.git'],
  [`https://alice:${CANARY}@host?token=${CANARY}`, 'https://host'],
  [`https://oauth2:${CANARY}@[::1]:8443/r.git`, 'https://[::1]:8443/r.git'],
  ['https://host/@scope/r.git', 'https://host/@scope/r.git'],
  [`https://alice:${CANARY}@host/@scope/r.git`, 'https://host/@scope/r.git'],
  ['https://host/中文/r.git', 'https://host/中文/r.git'],
  ['https://host', 'https://host'],
  ['https://host/r.git/', 'https://host/r.git/'],
  ['ssh://git@host/r.git', 'ssh://git@host/r.git'],
  ['ssh://git@host:2222/r.git', 'ssh://git@host:2222/r.git'],
  [`ssh://git:${CANARY}@host:2222/r.git`, 'ssh://git@host:2222/r.git'],
  [`git+ssh://git:${CANARY}@host/r.git`, 'git+ssh://git@host/r.git'],
  ['ssh://git@[::1]:22/r.git', 'ssh://git@[::1]:22/r.git'],
  ['ssh://host/~/r.git', 'ssh://host/~/r.git'],
  ['git@host:group/r.git', 'git@host:group/r.git'],
  [`git:${CANARY}@host:group/r.git`, 'host:group/r.git'],
  ['git@host:@scope/r.git', 'git@host:@scope/r.git'],
  ['host:group/r.git', 'host:group/r.git'],
  ['[::1]:r.git', '[::1]:r.git'],
  ['git://host/r.git', 'git://host/r.git'],
  ['file:///srv/a@b/r.git', 'file:///srv/a@b/r.git'],
  ['/srv/git/a@b/r.git', '/srv/git/a@b/r.git'],
  ['/srv/c:d@e/r.git', '/srv/c:d@e/r.git'],
  ['../remote.git', '../remote.git'],
  ['./a@b.git', './a@b.git'],
  ['ext::ssh -p 22 host %S r', 'ext::ssh -p 22 host %S r'],
  ['C:\\repos\\r.git', 'C:\\repos\\r.git'],
  ['C:/repos/r.git', 'C:/repos/r.git'],
  ['C:/repos/a@b/r.git', 'C:/repos/a@b/r.git'],
  ['\\\\server\\share\\r.git', '\\\\server\\share\\r.git'],
  ['origin', 'origin'],
  ['', ''],
] as const;

test.each(URLS)('%s is stored as %s', (raw, expected) => {
  expect(stripUrl(raw)).toBe(expected);
  expect(stripUrl(raw)).not.toContain(CANARY);
});

test.each(URLS)('what is stripped of %s stays as it is when it is stripped again', (raw) => {
  expect(stripUrl(stripUrl(raw))).toBe(stripUrl(raw));
});

test('the shims strip the same', async () => {
  const script = `. ${JSON.stringify(resolve('hooks/lines'))}
for each in "$@"; do strip "$each"; printf '%s\\n' "$_url"; done`;
  const { stdout } = await run('sh', ['-c', script, 'sh', ...URLS.map(([raw]) => raw)], {
    cwd: '.',
    env: { PATH: process.env['PATH'] ?? '' },
  });

  expect(stdout.split('\n').slice(0, -1)).toEqual(URLS.map(([raw]) => stripUrl(raw)));
});
