import { expect, test } from 'vitest';
import { parseRefspec, trackedRefs, trackingRefs } from '../../src/push/refspec.ts';

test.each([
  ['+refs/heads/*:refs/remotes/origin/*', 'refs/heads/*', 'refs/remotes/origin/*', false],
  ['refs/heads/main:refs/remotes/origin/main', 'refs/heads/main', 'refs/remotes/origin/main', false],
  ['^refs/heads/wip/*', 'refs/heads/wip/*', null, true],
  ['refs/heads/main', 'refs/heads/main', null, false],
  ['refs/heads/main:', 'refs/heads/main', null, false],
  ['+refs/*:refs/*', 'refs/*', 'refs/*', false],
  ['', '', null, false],
])('the refspec %j is read', (text, source, destination, isNegative) => {
  expect(parseRefspec(text)).toEqual({ source, destination, isNegative });
});

const ORIGIN = ['+refs/heads/*:refs/remotes/origin/*'];

test.each([
  ['a branch', ORIGIN, 'refs/heads/a/b', ['refs/remotes/origin/a/b']],
  ['a tag, which nothing tracks', ORIGIN, 'refs/tags/v1', []],
  ['a branch of a name that only begins like the pattern', ORIGIN, 'refs/headsx/main', []],
  ['no refspec', [], 'refs/heads/main', []],
  ['a single branch', ['+refs/heads/main:refs/remotes/o/m'], 'refs/heads/main', ['refs/remotes/o/m']],
  ['another than the single branch', ['+refs/heads/main:refs/remotes/o/m'], 'refs/heads/mainx', []],
  ['a fetch that keeps nothing', ['refs/heads/main'], 'refs/heads/main', []],
  ['a mirror', ['+refs/*:refs/*'], 'refs/tags/v1', ['refs/tags/v1']],
  ['another namespace', ['+refs/heads/*:refs/up/*'], 'refs/heads/x', ['refs/up/x']],
  [
    'two places',
    [...ORIGIN, '+refs/heads/*:refs/up/*'],
    'refs/heads/x',
    ['refs/remotes/origin/x', 'refs/up/x'],
  ],
  ['a branch that is left out', [...ORIGIN, '^refs/heads/wip/*'], 'refs/heads/wip/x', []],
  [
    'a branch beside those left out',
    [...ORIGIN, '^refs/heads/wip/*'],
    'refs/heads/wipe',
    ['refs/remotes/origin/wipe'],
  ],
  [
    'a star within a name',
    ['+refs/heads/qa*z:refs/remotes/o/*-qa'],
    'refs/heads/qa-1-z',
    ['refs/remotes/o/-1--qa'],
  ],
  ['a name too short for head and tail', ['+refs/heads/ab*ba:refs/o/*'], 'refs/heads/aba', []],
  ['a name with a dollar', ORIGIN, "refs/heads/$&$'", ["refs/remotes/origin/$&$'"]],
])('the tracking refs of %s are found', (_, specs, ref, expected) => {
  expect(trackingRefs(specs.map(parseRefspec), ref)).toEqual(expected);
});

test.each([
  ['a branch', ORIGIN, 'refs/remotes/origin/a/b', ['refs/heads/a/b']],
  ['another remote', ORIGIN, 'refs/remotes/up/main', []],
  ['a renamed one', ['+refs/heads/main:refs/remotes/o/m'], 'refs/remotes/o/m', ['refs/heads/main']],
  ['a fetch that keeps nothing', ['refs/heads/main', '^refs/heads/x'], 'refs/heads/main', []],
  [
    'two sources',
    [...ORIGIN, '+refs/pull/*:refs/remotes/origin/*'],
    'refs/remotes/origin/7',
    ['refs/heads/7', 'refs/pull/7'],
  ],
])('the refs that are kept in a tracking ref are found: %s', (_, specs, tracking, expected) => {
  expect(trackedRefs(specs.map(parseRefspec), tracking)).toEqual(expected);
});
