import { expect, test } from 'vitest';
import { lintPatterns } from '../../src/config/lint-patterns.ts';

test.each<readonly [string, readonly string[]]>([
  ['branches', ['main', 'release/**', '!x', 'v[0-9].[a-c]', 'a\\[b', 'refs']],
  ['tags', ['v*']],
  ['paths', ['src/**', '**/*.md', '!docs/**', '.github/x', 'refs/heads/x', '*']],
  ['paths-ignore', []],
])('nothing is said of usual patterns in %s: %j', (key, patterns) => {
  expect(lintPatterns(key, patterns)).toEqual([]);
});

test.each<readonly [string, string, string]>([
  ['branches', 'refs/heads/main', 'is matched against the short name; write "main"'],
  ['tags-ignore', '!refs/tags/v1', 'is matched against the short name; write "v1"'],
  ['paths', '/src/**', 'is matched against paths from the top of the repository; write "src/**"'],
  ['paths', './src/**', 'is matched against paths from the top of the repository; write "src/**"'],
  ['paths-ignore', '../x', 'is matched against paths from the top of the repository; write "x"'],
  ['paths', 'docs/', 'names a folder, and only files are matched; write "docs/**"'],
  ['tags', 'v[0-9', 'has "[0-9", which is no set of letters and digits, and is taken as it is'],
  ['tags', 'v[]', 'has "[]", which is no set of letters and digits, and is taken as it is'],
  ['tags', 'v[._-]', 'has "[._-]", which is no set of letters and digits, and is taken as it is'],
  ['tags', 'v[^0]', 'has "[^0]", which is no set of letters and digits, and is taken as it is'],
  ['tags', 'v[9-0]', 'has the range 9-0, in which nothing is'],
])('in %s, %s is told to be no good', (key, pattern, message) => {
  expect(lintPatterns(key, ['ok', pattern])).toEqual([{ index: 1, message }]);
});

test('a list that only takes back is told as a whole', () => {
  expect(lintPatterns('paths', ['!a', '!b'])).toEqual([
    {
      index: null,
      message: 'has only patterns with "!", which take back what an earlier one gave: nothing matches',
    },
  ]);
});
