import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Oid } from '../../src/core/oid.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';
import { type Pushed, makePushed } from '../fixtures/repo.ts';
import { OTHER, noteOf, pushed, rival, update, verdicts } from './confirming.ts';

/** Somebody else's push to main, by force, which we have fetched. */
async function overwritten(repo: Pushed): Promise<Oid> {
  const theirs = await repo.commit('theirs');
  await repo.git(['push', '--quiet', '--force', repo.remote, `${theirs}:main`]);
  await repo.git(['fetch', '--quiet', 'origin']);
  return theirs;
}

test('a push that is in the log under what came after it was accepted', async () => {
  const repo = await makePushed();
  const after = await pushed(repo);
  await repo.git(['reset', '--quiet', '--hard', repo.first]);
  await overwritten(repo);

  const note = noteOf(repo, [update(repo.first, after)]);

  expect(await verdicts(repo, note, { startedAt: 0 })).toEqual(['accepted by reflog']);
  expect(await verdicts(repo, note, { startedAt: 0, isFresh: false })).toEqual(['accepted by reflog']);
});

test('an entry that another push may have written confirms neither: the remote does', async () => {
  const repo = await makePushed();
  const after = await pushed(repo);
  await repo.git(['reset', '--quiet', '--hard', repo.first]);
  await overwritten(repo);
  const note = noteOf(repo, [update(repo.first, after)]);
  const earlier = rival(note, { before: OTHER, after, startedAt: 0, evidence: 'reflog', endedAt: 1 });

  expect(await verdicts(repo, note, { startedAt: 0, rivals: async () => [earlier] })).not.toEqual([
    'accepted by reflog',
  ]);
});

test('of a push that is made again the later one is told, with or without the remote', async () => {
  const repo = await makePushed();
  const note = noteOf(repo, [update(ZERO_OID, repo.first)]);
  const again = rival(note, { after: repo.first });
  const more = { startedAt: 1, rivals: async () => [again], transaction: [] };
  await repo.git(['config', '--unset-all', 'remote.origin.fetch']);

  expect(await verdicts(repo, note, { ...more, rivals: async () => [] })).toEqual(['accepted by remote']);
  expect(await verdicts(repo, note, more)).toEqual(['rejected']);
  expect(await verdicts(repo, note, { ...more, askUrl: null })).toEqual(['rejected']);
});

test('a push is over with when a later one found the old value, or has replaced it', async () => {
  const repo = await makePushed();
  const note = noteOf(repo, [update(OTHER, oidOf('8'))]);
  const next = rival(note, { before: OTHER, after: repo.first });
  const taken = { ...next, evidence: 'remote', endedAt: 3 } as const;
  const late = { startedAt: 1, isFresh: false };

  expect(await verdicts(repo, note, late)).toEqual(['open: overwritten']);
  expect(await verdicts(repo, note, { ...late, rivals: async () => [next] })).toEqual(['rejected']);
  expect(await verdicts(repo, note, { ...late, askUrl: null, rivals: async () => [next] })).toEqual([
    'open: unreachable',
  ]);
  expect(await verdicts(repo, note, { ...late, askUrl: null, rivals: async () => [taken] })).toEqual([
    'rejected',
  ]);
});

test('what the remote has by now tells of a push once it is here: it is part of it, or it is not', async () => {
  const repo = await makePushed();
  const ours = await repo.commit('ours');
  const note = noteOf(repo, [update(OTHER, ours)]);
  const late = { isFresh: false };
  const theirs = await repo.commit('theirs, on top');
  await repo.git(['push', '--quiet', repo.remote, 'main']);

  expect(await verdicts(repo, note, late)).toEqual(['accepted by successor']);
  await repo.git(['reset', '--quiet', '--hard', repo.first]);
  await overwritten(repo);
  expect(await verdicts(repo, note, late)).toEqual(['rejected']);
  await rm(join(repo.gitDir, 'logs'), { recursive: true });
  expect(await verdicts(repo, note, late)).toEqual(['open: overwritten']);
  expect(theirs).not.toBe(ours);
});

test('a push from the old value that git has logged shows that ours has not landed', async () => {
  const repo = await makePushed();
  const dry = await repo.commit('dry');
  const note = noteOf(repo, [update(repo.first, dry)]);
  await repo.commit('more');
  await repo.git(['push', '--quiet', '--no-verify', 'origin', 'main']);

  // Without the log it would count as part of what is there.
  expect(await verdicts(repo, note, { startedAt: 0, isFresh: false })).toEqual(['rejected']);
  expect(await verdicts(repo, note, { isFresh: false })).toEqual(['accepted by successor']);
});

test('a value that a later push found at the remote was accepted, though it is gone by now', async () => {
  const repo = await makePushed();

  const note = noteOf(repo, [update(ZERO_OID, OTHER)]);
  const later = rival(note, { before: OTHER, after: repo.first });

  expect(await verdicts(repo, note, { startedAt: 1, rivals: async () => [later] })).toEqual([
    'accepted by successor',
  ]);
});
