import { appendFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isInReflog, isInTransaction, valuesSince } from '../../src/push/evidence.ts';
import { oidOf } from '../fixtures/oid.ts';
import { type Pushed, makePushed } from '../fixtures/repo.ts';

const MAIN = 'refs/remotes/origin/main';
const A = oidOf('a');

function logOf({ gitDir }: Pushed, ref = MAIN): string {
  return join(gitDir, 'logs', ref);
}

test.each([
  ['that ref and value', [{ after: A, ref: MAIN }], true],
  [
    'that among others',
    [
      { after: oidOf('b'), ref: MAIN },
      { after: A, ref: MAIN },
    ],
    true,
  ],
  ['another value', [{ after: oidOf('b'), ref: MAIN }], false],
  ['another ref', [{ after: A, ref: 'refs/remotes/origin/x' }], false],
  ['nothing', [], false],
])('a transaction with %s is evidence or is not', (_, lines, expected) => {
  expect(isInTransaction(lines, [MAIN], A)).toBe(expected);
});

test('what nothing tracks is in no transaction', () => {
  expect(isInTransaction([{ after: A, ref: MAIN }], [], A)).toBe(false);
});

test('a real push is in the log of its tracking ref', async () => {
  const repo = await makePushed();

  expect(await isInReflog(repo.gitDir, MAIN, repo.first, 0)).toBe(true);
});

test('a push with a forged date is found all the same: the time of the file counts', async () => {
  const repo = await makePushed();
  const after = await repo.commit('old');
  const before = (await stat(logOf(repo))).mtimeMs;
  await repo.git(['push', '--quiet', 'origin', 'main'], {
    env: { ...repo.env, GIT_COMMITTER_DATE: '2001-01-01T00:00:00Z' },
  });

  expect(await isInReflog(repo.gitDir, MAIN, after, before)).toBe(true);
});

test('an entry from before the push is none of it', async () => {
  const repo = await makePushed();
  const { mtimeMs } = await stat(logOf(repo));

  expect(await isInReflog(repo.gitDir, MAIN, repo.first, mtimeMs + 1)).toBe(false);
});

test('another value than the newest is not confirmed, though it was pushed once', async () => {
  const repo = await makePushed();
  await repo.commit('two');
  await repo.git(['push', '--quiet', 'origin', 'main']);

  expect(await isInReflog(repo.gitDir, MAIN, repo.first, 0)).toBe(false);
});

test('a fetch to the same value is no push', async () => {
  const repo = await makePushed();
  const after = await repo.commit('two');
  await repo.git(['push', '--quiet', repo.remote, 'main']);
  await repo.git(['fetch', '--quiet', 'origin']);

  expect(await repo.revision(MAIN)).toBe(after);
  expect(await isInReflog(repo.gitDir, MAIN, after, 0)).toBe(false);
});

test('an up-to-date push writes nothing, so that the last push stays the newest entry', async () => {
  const repo = await makePushed();
  const { mtimeMs, size } = await stat(logOf(repo));

  await repo.git(['push', '--quiet', 'origin', 'main']);

  expect(await stat(logOf(repo))).toMatchObject({ mtimeMs, size });
});

test.each([
  ['is not there', async (path: string) => rm(path)],
  ['is empty', async (path: string) => writeFile(path, '')],
  ['ends in half a line', async (path: string) => appendFile(path, `${'a'.repeat(40)} ${'b'.repeat(10)}`)],
  ['is noise', async (path: string) => writeFile(path, '\0'.repeat(5000))],
])('a log that %s confirms nothing', async (_, spoil) => {
  const repo = await makePushed();
  await spoil(logOf(repo));

  expect(await isInReflog(repo.gitDir, MAIN, repo.first, 0)).toBe(false);
});

test('of a long log only the end is read', async () => {
  const repo = await makePushed();
  const line = `${oidOf('0')} ${A} Dev <dev@example.com> 1 +0000\tfetch\n`;
  await writeFile(logOf(repo), `${line.repeat(2000)}${line.replace('fetch', 'update by push')}`);

  expect(await isInReflog(repo.gitDir, MAIN, A, 0)).toBe(true);
});

test('an entry of the very instant of the note counts', async () => {
  const repo = await makePushed();
  const at = new Date('2026-01-01T00:00:00Z');
  await utimes(logOf(repo), at, at);

  expect(await isInReflog(repo.gitDir, MAIN, repo.first, at.getTime())).toBe(true);
});

test('the values that a branch has had since git told one are those of its log', async () => {
  const repo = await makePushed();
  const since = Date.now() - 60_000;
  const told = await repo.commit('told');
  const next = await repo.commit('next');
  const last = await repo.commit('last');

  expect(await valuesSince(repo.gitDir, 'refs/heads/main', told, since)).toEqual([told, next, last]);
  expect(await valuesSince(repo.gitDir, 'HEAD', last, since)).toEqual([last]);
  expect(await valuesSince(repo.gitDir, 'refs/heads/main', A, since)).toEqual([]);
  expect(await valuesSince(repo.gitDir, 'refs/heads/main', told, Date.now() + 60_000)).toEqual([]);
  expect(await valuesSince(repo.gitDir, 'HEAD~', told, since)).toEqual([]);
});

test('of a long log the values past its cut beginning are known', async () => {
  const repo = await makePushed();
  for (let n = 0; n < 40; n += 1) await repo.commit(`x${n}`);
  const told = await repo.revision('HEAD~2');

  expect(await valuesSince(repo.gitDir, 'refs/heads/main', told, 0)).toEqual([
    told,
    await repo.revision('HEAD~1'),
    await repo.revision('HEAD'),
  ]);
});
