import { appendFile, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Oid } from '../../src/core/oid.ts';
import { type LogWord, isInTransaction, isTelling, valuesSince, wordOfLog } from '../../src/push/evidence.ts';
import { oidOf } from '../fixtures/oid.ts';
import { type Pushed, makePushed } from '../fixtures/repo.ts';

const MAIN = 'refs/remotes/origin/main';
const A = oidOf('a');

function logOf({ gitDir }: Pushed, ref = MAIN): string {
  return join(gitDir, 'logs', ref);
}

async function word(repo: Pushed, after: Oid, startedAt: number, before: Oid = A): Promise<LogWord> {
  return await wordOfLog(repo.gitDir, MAIN, { before, after }, { startedAt, endedAt: null });
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

  expect((await word(repo, repo.first, 0)).pushes).toBe(1);
});

test('a push with a forged date is found all the same: the time of the file counts', async () => {
  const repo = await makePushed();
  const after = await repo.commit('old');
  const before = (await stat(logOf(repo))).mtimeMs;
  await repo.git(['push', '--quiet', 'origin', 'main'], {
    env: { ...repo.env, GIT_COMMITTER_DATE: '2001-01-01T00:00:00Z' },
  });

  expect((await word(repo, after, before)).pushes).toBe(1);
});

test('an entry from before the push is none of it', async () => {
  const repo = await makePushed();
  const { mtimeMs } = await stat(logOf(repo));

  expect((await word(repo, repo.first, mtimeMs + 1)).pushes).toBe(0);
});

test('what was pushed is known under later entries, but not as the newest', async () => {
  const repo = await makePushed();
  const two = await repo.commit('two');
  await repo.git(['push', '--quiet', 'origin', 'main']);

  expect(await word(repo, repo.first, 0)).toEqual({
    pushes: 1,
    newestAt: null,
    isElsewhere: false,
  });
  expect(await word(repo, two, 0)).toEqual({
    pushes: 1,
    newestAt: (await stat(logOf(repo))).mtimeMs,
    isElsewhere: false,
  });
});

test('an entry of an earlier second is of an earlier push', async () => {
  const repo = await makePushed();
  await repo.commit('two');
  await repo.git(['push', '--quiet', 'origin', 'main']);
  const line = (await readFile(logOf(repo), 'utf8')).split('\n')[0] ?? '';
  const second = Number(/> (\d+) /.exec(line)?.[1]) * 1000;

  // Written to since, by something else.
  await utimes(logOf(repo), second / 1000 + 60, second / 1000 + 60);

  expect((await word(repo, repo.first, second - 1)).pushes).toBe(1);
  expect((await word(repo, repo.first, second + 999)).pushes).toBe(1);
  expect((await word(repo, repo.first, second + 1000)).pushes).toBe(0);
});

test('an entry from after the end of the push is another push’s', async () => {
  const repo = await makePushed();
  const { mtimeMs } = await stat(logOf(repo));
  const during = async (startedAt: number, endedAt: number) =>
    await wordOfLog(repo.gitDir, MAIN, { before: A, after: repo.first }, { startedAt, endedAt });

  expect(await during(mtimeMs - 5000, mtimeMs)).toMatchObject({
    pushes: 1,
    newestAt: mtimeMs,
  });
  expect(await during(mtimeMs - 5000, mtimeMs - 2000)).toMatchObject({
    pushes: 0,
    newestAt: null,
  });
});

test('entries from the future are forged: the newest alone counts', async () => {
  const repo = await makePushed();
  const env = { ...repo.env, GIT_COMMITTER_DATE: '2090-01-01T00:00:00Z' };
  const two = await repo.commit('two');
  await repo.git(['push', '--quiet', 'origin', 'main'], { env });
  const three = await repo.commit('three');
  await repo.git(['push', '--quiet', 'origin', 'main'], { env });

  expect((await word(repo, two, 0)).pushes).toBe(0);
  expect((await word(repo, three, 0)).pushes).toBe(1);
});

test('of several pushes of one value all are counted', async () => {
  const repo = await makePushed();
  const two = await repo.commit('two');
  for (const value of [two, repo.first, two])
    await repo.git(['push', '--quiet', '--force', 'origin', `${value}:main`]);

  expect((await word(repo, two, 0)).pushes).toBe(2);
});

test('a push from the old value to another one shows that the ref was left there', async () => {
  const repo = await makePushed();
  await repo.commit('two');
  await repo.git(['push', '--quiet', 'origin', 'main']);

  expect((await word(repo, A, 0, repo.first)).isElsewhere).toBe(true);
  expect((await word(repo, A, 0, oidOf('b'))).isElsewhere).toBe(false);
});

test('a log tells of every push, unless there is none, or the ref was there already', async () => {
  const repo = await makePushed();
  const isLogged = async (ref: string, after: Oid) =>
    await isTelling(repo.gitDir, ref, after, { startedAt: Date.now() + 60_000, endedAt: null });

  expect(await isLogged(MAIN, A)).toBe(true);
  expect(await isLogged(MAIN, repo.first)).toBe(false);
  expect(await isLogged('refs/remotes/origin/new', A)).toBe(true);
  await rm(join(repo.gitDir, 'logs'), { recursive: true });
  expect(await isLogged(MAIN, A)).toBe(false);
});

test('a fetch to the same value is no push', async () => {
  const repo = await makePushed();
  const after = await repo.commit('two');
  await repo.git(['push', '--quiet', repo.remote, 'main']);
  await repo.git(['fetch', '--quiet', 'origin']);

  expect(await repo.revision(MAIN)).toBe(after);
  expect((await word(repo, after, 0)).pushes).toBe(0);
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
  ['is noise', async (path: string) => writeFile(path, '\0'.repeat(5000))],
])('a log that %s confirms nothing', async (_, spoil) => {
  const repo = await makePushed();
  await spoil(logOf(repo));

  expect((await word(repo, repo.first, 0)).pushes).toBe(0);
});

test('half a line at the end of a log says nothing, what is before it does', async () => {
  const repo = await makePushed();
  await appendFile(logOf(repo), `${'a'.repeat(40)} ${'b'.repeat(10)}`);

  expect(await word(repo, repo.first, 0)).toMatchObject({ pushes: 1, newestAt: null });
});

test('of a long log only the end is read', async () => {
  const repo = await makePushed();
  const line = `${oidOf('0')} ${A} Dev <dev@example.com> 1 +0000\tfetch\n`;
  await writeFile(logOf(repo), `${line.repeat(2000)}${line.replace('fetch', 'update by push')}`);

  expect((await word(repo, A, 0)).pushes).toBe(1);
});

test('an entry of the very instant of the note counts', async () => {
  const repo = await makePushed();
  const at = new Date('2026-01-01T00:00:00Z');
  await utimes(logOf(repo), at, at);

  expect((await word(repo, repo.first, at.getTime())).pushes).toBe(1);
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
  for (let n = 0; n < 120; n += 1) await repo.commit(`x${n}`);
  const told = await repo.revision('HEAD~2');

  expect(await valuesSince(repo.gitDir, 'refs/heads/main', told, 0)).toEqual([
    told,
    await repo.revision('HEAD~1'),
    await repo.revision('HEAD'),
  ]);
});
