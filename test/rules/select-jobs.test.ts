import { expect, test } from 'vitest';
import type { Job } from '../../src/config/schema.ts';
import type { RemoteContext } from '../../src/rules/remotes.ts';
import { type RuleKey, isPassing } from '../../src/rules/check.ts';
import { reasonForNone, refusalOf, selectByName } from '../../src/rules/select-jobs.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';

const ORIGIN: RemoteContext = { remote: 'origin', url: '/r', defaultRemote: 'origin', defaultUrls: ['/r'] };
const AFTER = oidOf('a');

function job(name: string, more: Partial<Job> = {}): Job {
  return { name, id: '1'.repeat(32), trigger: 'auto-execute', 'event-type': 'push', ...more };
}

function select(jobs: readonly Job[], ref: string, context = ORIGIN) {
  const verdicts = selectByName(jobs, ref, context);
  return {
    jobs: verdicts.filter(isPassing).map(({ job: { name } }) => name),
    reason: reasonForNone(verdicts, { ref, remote: context.remote }),
  };
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
  expect(refusalOf({ after: ZERO_OID })).toBe('a deletion starts no build');
  expect(refusalOf({ after: AFTER })).toBeNull();
});

test('a push to another remote starts the jobs that name it, and no other', () => {
  const up = { ...ORIGIN, remote: 'up', url: '/up' };

  expect(select(JOBS, 'refs/heads/main', up)).toEqual({ jobs: ['up'], reason: null });
});

test('a push to a remote that nothing asks for says so', () => {
  const other = { ...ORIGIN, remote: 'other', url: '/other' };

  expect(select(JOBS, 'refs/heads/main', other)).toEqual({
    jobs: [],
    reason: 'no job asks for the remote other',
  });
});

test('a config without jobs starts nothing', () => {
  expect(select([], 'refs/heads/main')).toEqual({ jobs: [], reason: 'the config has no job' });
});

test.each<readonly [RuleKey, string, string]>([
  ['remotes', 'x', 'no job asks for the remote origin'],
  ['branches', 'x', 'no job asks for refs/heads/main'],
  ['tags-ignore', 'x', 'no job asks for refs/heads/main'],
  ['paths', 'no file is changed', 'no job asks for what has changed: no file is changed'],
  ['skip-markers', 'the newest commit says "[x]"', 'the newest commit says "[x]"'],
])('that no job is started for its %s is told', (key, detail, reason) => {
  const failed = { job: null, checks: [{ key, index: null, isPassed: false, detail }] };

  expect(reasonForNone([failed], { ref: 'refs/heads/main', remote: 'origin' })).toBe(reason);
});

test('of several jobs that are not started, the one that came furthest tells why', () => {
  const failed = (key: RuleKey, detail: string) => ({
    job: null,
    checks: [{ key, index: null, isPassed: false, detail }],
  });
  const verdicts = [failed('remotes', 'a'), failed('paths', 'no file is changed'), failed('branches', 'c')];

  expect(reasonForNone(verdicts, { ref: 'refs/heads/main', remote: 'origin' })).toBe(
    'no job asks for what has changed: no file is changed',
  );
});
