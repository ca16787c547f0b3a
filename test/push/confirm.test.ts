import { rename } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Oid } from '../../src/core/oid.ts';
import { ZERO_OID } from '../fixtures/oid.ts';
import { makePushed } from '../fixtures/repo.ts';
import { MAIN, OTHER, noteOf, pushed, update, verdicts } from './confirming.ts';

const TRACKING = 'refs/remotes/origin/main';

test('a recorded transaction is enough: the remote is not asked', async () => {
  const repo = await makePushed();
  const after = await pushed(repo);
  await rename(repo.remote, `${repo.remote}.gone`);

  const note = noteOf(repo, [update(repo.first, after)]);

  expect(await verdicts(repo, note, { transaction: [{ after, ref: TRACKING }] })).toEqual([
    'accepted by transaction',
  ]);
});

test('a fresh entry of the log is enough, too', async () => {
  const repo = await makePushed();
  const after = await pushed(repo);
  await rename(repo.remote, `${repo.remote}.gone`);

  expect(await verdicts(repo, noteOf(repo, [update(repo.first, after)]), { startedAt: 0 })).toEqual([
    'accepted by reflog',
  ]);
});

test('a push by the URL that a remote is pushed to is told by its transaction, as one by its name is', async () => {
  const repo = await makePushed();
  await repo.git(['remote', 'set-url', 'origin', '/fetched/from']);
  await repo.git(['remote', 'set-url', '--push', 'origin', repo.remote]);
  const after = await pushed(repo);
  await rename(repo.remote, `${repo.remote}.gone`);

  const note = noteOf(repo, [update(repo.first, after)], { remote: repo.remote });

  expect(await verdicts(repo, note, { transaction: [{ after, ref: TRACKING }] })).toEqual([
    'accepted by transaction',
  ]);
});

test('with two push URLs the log does not say which: the remote is asked', async () => {
  const repo = await makePushed();
  await repo.git(['remote', 'set-url', '--add', '--push', 'origin', repo.remote]);
  await repo.git(['remote', 'set-url', '--add', '--push', 'origin', '/elsewhere']);
  const after = await repo.commit('two');
  await repo.git(['push', '--quiet', 'origin', 'main'], { mayFail: true });

  const note = noteOf(repo, [update(repo.first, after)]);

  expect(await verdicts(repo, note, { startedAt: 0 })).toEqual(['accepted by remote']);
});

test('a deletion has no log left: the remote is asked', async () => {
  const repo = await makePushed();
  const after = await pushed(repo, 'main', 'main:topic');
  await repo.git(['push', '--quiet', 'origin', ':topic']);

  const note = noteOf(repo, [update(after, ZERO_OID, 'refs/heads/topic')]);

  expect(await verdicts(repo, note, { startedAt: 0 })).toEqual(['accepted by remote']);
});

test('each update has a verdict of its own', async () => {
  const repo = await makePushed();
  const after = await pushed(repo, 'main:one', 'main:two');
  const note = noteOf(repo, [
    update(ZERO_OID, after, 'refs/heads/one'),
    update(ZERO_OID, OTHER, 'refs/heads/two'),
    update(ZERO_OID, after, 'refs/heads/three'),
    update(ZERO_OID, after, 'refs/tags/v1'),
  ]);

  expect(await verdicts(repo, note)).toEqual([
    'accepted by remote',
    'rejected',
    'open: unchanged',
    'open: unchanged',
  ]);
});

// [case, the remote's value is: old | new | other | none, the update, fresh, tracked, expected]
test.each([
  ['the new value, and the ref is new', 'first', ZERO_OID, 'first', true, 'accepted by remote'],
  ['the old value, just after the push', 'first', 'first', OTHER, true, 'open: unchanged'],
  ['the old value, later', 'first', 'first', OTHER, false, 'rejected'],
  ['another value, just after the push', 'first', ZERO_OID, OTHER, true, 'rejected'],
  ['another value, later', 'first', ZERO_OID, OTHER, false, 'open: overwritten'],
  ['none, and it was to be deleted', 'none', OTHER, ZERO_OID, true, 'accepted by remote'],
  ['none, as before, just after the push', 'none', ZERO_OID, OTHER, true, 'open: unchanged'],
  ['none, as before, later', 'none', ZERO_OID, OTHER, false, 'rejected'],
  ['none, but it had one', 'none', 'first', OTHER, false, 'open: overwritten'],
] as const)('the remote has %s', async (...[, value, before, after, isFresh, expected]) => {
  const repo = await makePushed();
  const known = (name: Oid | 'first'): Oid => (name === 'first' ? repo.first : name);
  const ref = value === 'none' ? 'refs/heads/none' : MAIN;

  const note = noteOf(repo, [update(known(before), known(after), ref)]);

  expect(await verdicts(repo, note, { isFresh })).toEqual([expected]);
});

test('of a ref that nothing tracks, another value says nothing of this push', async () => {
  const repo = await makePushed();
  await repo.git(['push', '--quiet', 'origin', 'main:refs/tags/v1']);

  const note = noteOf(repo, [update(ZERO_OID, OTHER, 'refs/tags/v1')]);

  expect(await verdicts(repo, note)).toEqual(['open: overwritten']);
});

test('after a push by URL another value says nothing, either: it moves no tracking ref', async () => {
  const repo = await makePushed();

  const note = noteOf(repo, [update(ZERO_OID, OTHER)], { remote: repo.remote });

  expect(await verdicts(repo, note)).toEqual(['open: overwritten']);
});

test('a remote that cannot be reached leaves it open', async () => {
  const repo = await makePushed();

  const note = noteOf(repo, [update(ZERO_OID, OTHER)], { url: '/nowhere' });

  expect(await verdicts(repo, note)).toEqual(['open: unreachable']);
});

test('a remote that may not be asked leaves it open, and is not asked', async () => {
  const repo = await makePushed();

  const note = noteOf(repo, [update(ZERO_OID, repo.first)]);

  expect(await verdicts(repo, note, { askUrl: null })).toEqual(['open: unreachable']);
});

test('a push by the URL of a remote is confirmed by that remote’s tracking refs', async () => {
  const repo = await makePushed();
  const note = noteOf(repo, [update(ZERO_OID, OTHER)], { remote: repo.remote });

  expect(await verdicts(repo, note, { transaction: [{ after: OTHER, ref: TRACKING }] })).toEqual([
    'accepted by transaction',
  ]);
});

test('a note without updates has no verdicts', async () => {
  const repo = await makePushed();

  expect(await verdicts(repo, noteOf(repo, []))).toEqual([]);
});
