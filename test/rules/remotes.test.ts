import { expect, test } from 'vitest';
import { type RemoteContext, checkRemote } from '../../src/rules/remotes.ts';

const URL = 'https://host/group/r.git';
const ORIGIN: RemoteContext = { remote: 'origin', url: URL, defaultRemote: 'origin', defaultUrls: [URL] };
const UP: RemoteContext = { ...ORIGIN, remote: 'up', url: 'https://up/r.git' };
const BY_URL: RemoteContext = { ...ORIGIN, remote: URL };
const ELSEWHERE: RemoteContext = { ...ORIGIN, remote: '/srv/x.git', url: '/srv/x.git' };

test.each([
  ['the default remote', ORIGIN, true],
  ['another remote', UP, false],
  ['a URL of the default remote', BY_URL, true],
  ['another URL', ELSEWHERE, false],
  ['a URL where there is no default', { ...ELSEWHERE, defaultRemote: null, defaultUrls: [] }, true],
])('without the key, a push to %s counts or does not', (_, context, expected) => {
  expect(checkRemote(undefined, context).isPassed).toBe(expected);
});

test.each([
  ['nothing', [], ORIGIN, false],
  ['everything, for a remote', ['*'], UP, true],
  ['everything, for a URL', ['*'], ELSEWHERE, true],
  ['a name', ['up'], UP, true],
  ['another name', ['up'], ORIGIN, false],
  ['one of two names', ['up', 'origin'], ORIGIN, true],
  ['the URL', [URL], BY_URL, true],
  ['the URL of a remote', [URL], ORIGIN, true],
  ['a pattern of the URL', ['https://host/group/*'], ORIGIN, true],
  ['a pattern of another URL', ['https://host/other/*'], ORIGIN, false],
  ['a pattern of paths', ['/srv/**'], ELSEWHERE, true],
  ['a pattern of scp-like addresses', ['git@host:group/*'], { ...UP, url: 'git@host:group/r.git' }, true],
])('with the key, a push counts or does not: %s', (_, patterns, context, expected) => {
  expect(checkRemote(patterns, context).isPassed).toBe(expected);
});

test('the pattern that decided is told', () => {
  expect(checkRemote(['up', 'origin'], ORIGIN)).toMatchObject({
    index: 1,
    detail: 'origin matches "origin"',
  });
  expect(checkRemote(['up'], ORIGIN)).toMatchObject({ index: null, detail: 'no pattern matches origin' });
  expect(checkRemote(undefined, UP).detail).toBe('only origin counts by default, not up');
});
