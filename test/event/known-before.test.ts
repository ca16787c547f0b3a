import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { knownBefore } from '../../src/event/known-before.ts';
import { readGitSettings } from '../../src/push/settings.ts';
import { importCommits } from '../fixtures/fast-import.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';
import { type Repo, makeRepo } from '../fixtures/repo.ts';
import { until } from '../fixtures/run.ts';

/** A repository with five commits, and refs by their places. */
async function makeTracked(refs: Readonly<Record<string, number>>, fetch: readonly string[] = []) {
  const repo = await makeRepo();
  const plan = [0, 1, 2, 3, 4].map((index) => ({
    parents: index === 0 ? [] : [index - 1],
    message: `${index}`,
  }));
  const commits = await importCommits(repo, plan);
  await repo.git(['remote', 'add', 'origin', '/nowhere']);
  await repo.git(['remote', 'add', 'up', '/elsewhere']);
  if (fetch.length > 0) await repo.git(['config', '--unset-all', 'remote.origin.fetch']);
  for (const refspec of fetch) await repo.git(['config', '--add', 'remote.origin.fetch', refspec]);
  for (const [ref, at] of Object.entries(refs)) await repo.git(['update-ref', ref, commits[at] ?? '']);
  return { repo, commits };
}

async function places(
  repo: Repo,
  commits: readonly string[],
  to: string | { readonly remote: string; readonly startedAt: number },
  pushed: Record<string, number | string>,
) {
  const { remote, startedAt } = typeof to === 'string' ? { remote: to, startedAt: null } : to;
  const { remotes } = await readGitSettings(repo.product);
  const named = remotes.find(({ name }) => name === remote) ?? null;
  const values = Object.entries(pushed).map(([ref, at]) => ({
    ref,
    before: (typeof at === 'number' ? commits[at] : at) as typeof ZERO_OID,
  }));
  const known = await knownBefore(
    repo.product,
    named,
    values,
    startedAt === null ? null : { commonDir: repo.gitDir, startedAt },
  );
  return known.map((value) => commits.indexOf(value)).toSorted((a, b) => a - b);
}

test('the remote’s other branches count, as they are here', async () => {
  const { repo, commits } = await makeTracked({
    'refs/remotes/origin/main': 1,
    'refs/remotes/origin/a/b': 2,
    'refs/remotes/up/main': 4,
  });

  expect(await places(repo, commits, 'origin', { 'refs/heads/new': ZERO_OID })).toEqual([1, 2]);
  expect(await places(repo, commits, 'up', { 'refs/heads/new': ZERO_OID })).toEqual([4]);
});

test('a branch that the push has moved counts as it was', async () => {
  const { repo, commits } = await makeTracked({
    'refs/remotes/origin/main': 3,
    'refs/remotes/origin/new': 3,
  });

  const pushed = { 'refs/heads/new': ZERO_OID, 'refs/heads/main': 1 };

  expect(await places(repo, commits, 'origin', pushed)).toEqual([1]);
});

test('an old value that is not here is left out', async () => {
  const { repo, commits } = await makeTracked({ 'refs/remotes/origin/main': 3 });

  expect(await places(repo, commits, 'origin', { 'refs/heads/main': oidOf('b') })).toEqual([]);
});

test('a HEAD that follows another branch says nothing of its own', async () => {
  const { repo, commits } = await makeTracked({ 'refs/remotes/origin/main': 3 });
  await repo.git(['symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main']);

  expect(await places(repo, commits, 'origin', { 'refs/heads/main': ZERO_OID })).toEqual([]);
});

test('tracking refs are found where the remote’s refspecs put them', async () => {
  const refs = { 'refs/kept/x/main': 2, 'refs/kept/x/new': 4, 'refs/remotes/origin/old': 3, 'refs/one': 1 };
  const fetch = ['+refs/heads/*:refs/kept/x/*', 'refs/heads/one:refs/one'];
  const { repo, commits } = await makeTracked(refs, fetch);

  expect(await places(repo, commits, 'origin', { 'refs/heads/new': ZERO_OID })).toEqual([1, 2]);
});

test.each(['https://host/r.git', 'bare'])(
  'a push to %s takes the tracking refs of all remotes',
  async (remote) => {
    const { repo, commits } = await makeTracked({
      'refs/remotes/origin/main': 1,
      'refs/remotes/up/a/b': 2,
      'refs/remotes/up/new': 3,
      'refs/remotes/up/a/new': 4,
    });
    await repo.git(['config', 'remote.bare.url', '/bare']);

    expect(await places(repo, commits, remote, { 'refs/heads/new': ZERO_OID })).toEqual([1, 2, 4]);
  },
);

test('what later pushes and fetches have brought was not known when the push began', async () => {
  const { repo, commits } = await makeTracked({
    'refs/remotes/origin/main': 1,
    'refs/remotes/origin/old': 0,
  });
  const { mtimeMs } = await stat(join(repo.gitDir, 'logs/refs/remotes/origin/old'));
  await until('the next millisecond', async () => Date.now() > mtimeMs + 1);
  const startedAt = Date.now();
  await repo.git(['update-ref', 'refs/remotes/origin/main', commits[2] ?? '']);
  await repo.git(['update-ref', 'refs/remotes/origin/main', commits[3] ?? '']);
  await repo.git(['update-ref', 'refs/remotes/origin/late', commits[4] ?? '']);
  const pushed = { 'refs/heads/new': ZERO_OID };

  expect(await places(repo, commits, 'origin', pushed)).toEqual([0, 3, 4]);
  // Of two moves in the second of the push only the last is certain to be later.
  expect([
    [0, 1],
    [0, 2],
  ]).toContainEqual(await places(repo, commits, { remote: 'origin', startedAt }, pushed));
});
