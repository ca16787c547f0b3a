import { expect, test } from 'vitest';
import type { Job } from '../../src/config/schema.ts';
import type { RemoteContext } from '../../src/rules/remotes.ts';
import { selectJobs } from '../../src/rules/select-jobs.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';

const ORIGIN: RemoteContext = { remote: 'origin', url: '/r', defaultRemote: 'origin', defaultUrls: ['/r'] };
const AFTER = oidOf('a');

function job(name: string, more: Partial<Job> = {}): Job {
  return { name, id: '1'.repeat(32), 'event-type': 'push', ...more };
}

function select(jobs: readonly Job[], ref: string, after = AFTER, context = ORIGIN) {
  const selection = selectJobs(jobs, { ref, after }, context);
  return { jobs: selection.jobs.map(({ name }) => name), reason: selection.reason };
}

const JOBS = [
  job('all'),
  job('main', { branches: ['main'] }),
  job('tags', { tags: ['v*'] }),
  job('both', { branches: ['main'], tags: ['v*'] }),
  job('neither', { branches: [], tags: [] }),
  job('up', { remotes: ['up'] }),
];

test.each([
  ['refs/heads/main', ['all', 'main', 'both'], null],
  ['refs/heads/topic', ['all'], null],
  ['refs/tags/v1', ['tags', 'both'], null],
  ['refs/tags/x', [], 'no job asks for refs/tags/x'],
  ['refs/for/main', [], 'no job asks for refs/for/main'],
  ['refs/notes/commits', [], 'no job asks for refs/notes/commits'],
])('a push of %s starts the jobs that ask for it', (ref, jobs, reason) => {
  expect(select(JOBS, ref)).toEqual({ jobs, reason });
});

test('a deletion starts nothing', () => {
  expect(select(JOBS, 'refs/heads/main', ZERO_OID)).toEqual({
    jobs: [],
    reason: 'a deletion starts no build',
  });
});

test('a push to another remote starts the jobs that name it, and no other', () => {
  const up = { ...ORIGIN, remote: 'up', url: '/up' };

  expect(select(JOBS, 'refs/heads/main', AFTER, up)).toEqual({ jobs: ['up'], reason: null });
});

test('a push to a remote that nothing asks for says so', () => {
  const other = { ...ORIGIN, remote: 'other', url: '/other' };

  expect(select(JOBS, 'refs/heads/main', AFTER, other)).toEqual({
    jobs: [],
    reason: 'no job asks for the remote other',
  });
});

test('a config without jobs starts nothing', () => {
  expect(select([], 'refs/heads/main').jobs).toEqual([]);
});
