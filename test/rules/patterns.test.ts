import { expect, test } from 'vitest';
import { isAskedFor } from '../../src/rules/patterns.ts';

/** Which of the names the patterns ask for. */
function asked(patterns: string[], names: string[]): string[] {
  return names.filter((name) => isAskedFor(name, patterns));
}

// The rows of GitHub's own table come first.
test.each([
  ['feature/*', ['feature/my-branch', 'feature/your-branch'], ['feature', 'feature/beta/x', 'x/feature/y']],
  ['feature/**', ['feature/beta-a/my-branch', 'feature/your-branch'], ['feature', 'features/x']],
  ['main', ['main'], ['main2', 'x/main', 'mai', 'Main']],
  ['releases/mona-the-octocat', ['releases/mona-the-octocat'], ['releases/mona']],
  ['*', ['main', 'releases'], ['all/the/branches']],
  ['**', ['all/the/branches', 'every/tag', 'main'], []],
  ['*feature', ['mona-feature', 'feature', 'ver-10-feature'], ['a/feature', 'features']],
  ['v2*', ['v2', 'v2.0', 'v2.9'], ['v1', 'v2/x']],
  ['v[12].[0-9]+.[0-9]+', ['v1.10.1', 'v2.0.0'], ['v3.0.0', 'v1.10', 'v1.x.1', 'v1a10a1']],
  [
    'releases/**-alpha',
    ['releases/10-alpha', 'releases/beta/3-alpha'],
    ['releases/10', 'x/releases/1-alpha'],
  ],
  ['**/docs/**', ['docs/hello', 'dir/docs/my-file'], ['docs', 'mydocs/x']],
  ['**.js', ['index.js', 'js/index.js'], ['index.jsx', 'indexjs']],
  ['*.jsx?', ['page.js', 'page.jsx'], ['page.jsxx', 'a/page.js']],
  ['v**', ['v1', 'v/1', 'v'], ['xv']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/bx']],
  ['[CB]at', ['Cat', 'Bat'], ['Rat', '[CB]at']],
  ['[1-2]00', ['100', '200'], ['300', '1-200']],
  ['a+b', ['ab', 'aab'], ['a+b', 'b']],
  ['colou?r', ['color', 'colour'], ['colouur']],
])('the pattern %s', (pattern, matching, others) => {
  expect(asked([pattern], [...matching, ...others])).toEqual(matching);
});

test.each([
  ['a\\+b', ['a+b'], ['aab', 'ab']],
  ['a\\*', ['a*'], ['ab']],
  ['fix(api)', ['fix(api)'], ['fixapi']],
  ['a{b,c}', ['a{b,c}'], ['ab', 'ac']],
  ['a|b', ['a|b'], ['a', 'b']],
  ['a.b', ['a.b'], ['axb']],
  ['a$^b', ['a$^b'], []],
  ['@(a)', ['@(a)'], ['a']],
  ['$(id)`id`"\'', ['$(id)`id`"\''], []],
  ['--output=x', ['--output=x'], []],
  ['a-b', ['a-b'], []],
  ['[a', ['[a'], ['a']],
  ['[]', ['[]'], []],
  ['[^a]', ['[^a]'], ['b']],
  ['[9-0]', [], ['9', '0']],
  ['+x', ['+x'], ['x']],
  ['?x', ['?x'], ['x']],
  ['a\\', ['a\\'], ['a']],
  ['中文/*', ['中文/一'], ['中文']],
  ['😀', ['😀'], []],
  ['😀+', ['😀😀'], []],
  ['a!b', ['a!b'], []],
])('nothing else in a pattern is special: %s', (pattern, matching, others) => {
  expect(asked([pattern], [...matching, ...others])).toEqual(matching);
});

test.each([
  ['no pattern', [], false],
  ['one that does not match', ['x'], false],
  ['one that does', ['main'], true],
  ['the second of two', ['x', 'main'], true],
  ['nothing but what is taken away', ['!main'], false],
  ['what is given and taken away', ['**', '!main'], false],
  ['what is taken away and given', ['!main', '**'], true],
  ['what is given, taken away and given again', ['**', '!m*', 'main'], true],
  ['something else that is taken away', ['**', '!x'], true],
])('the last pattern that matches decides: %s', (_, patterns, expected) => {
  expect(isAskedFor('main', patterns)).toBe(expected);
});

test('GitHub’s example of what is left out leaves it out', () => {
  const names = ['releases/10', 'releases/beta/mona', 'releases/10-alpha', 'releases/beta/3-alpha'];

  expect(asked(['releases/**', '!releases/**-alpha'], names)).toEqual(['releases/10', 'releases/beta/mona']);
});

test('an accent is one, however it is spelled', () => {
  expect(isAskedFor('caf\u00e9', ['cafe\u0301'])).toBe(true);
  expect(isAskedFor('cafe\u0301', ['caf\u00e9'])).toBe(true);
});

test('a pattern of very many stars takes no longer than others', () => {
  expect(isAskedFor('a'.repeat(250), [`${'**a*'.repeat(1000)}b`])).toBe(false);
  expect(isAskedFor('a'.repeat(250), ['**a*'.repeat(200)])).toBe(true);
});
