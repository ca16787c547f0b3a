import { expect, test } from 'vitest';
import { hasPathRules, watchPaths } from '../../src/rules/path-filter.ts';

type Rules = Parameters<typeof watchPaths>[0];

/** Shows files one by one, for as long as more are wanted. */
function judge(rules: Rules, files: readonly string[], unknown: string | null = null) {
  const watch = watchPaths(rules);
  const left = files.findIndex((file) => !watch.see(file));
  return { seen: left < 0 ? files.length : left + 1, ...watch.check(unknown) };
}

test.each<readonly [string, Rules, readonly string[], string]>([
  [
    'one of several',
    { paths: ['src/**'] },
    ['a.md', 'src/x.ts', 'b.md'],
    'yes, paths[0]: src/x.ts matches "src/**"',
  ],
  [
    'none of several',
    { paths: ['src/**'] },
    ['a.md', 'b.md'],
    'no, paths: no pattern matches any of the 2 changed files',
  ],
  ['not the only one', { paths: ['src/**'] }, ['a.md'], 'no, paths: no pattern matches the changed file'],
  [
    'what is taken back',
    { paths: ['**', '!*.md'] },
    ['a.md'],
    'no, paths: no pattern matches the changed file',
  ],
  ['all but some', { paths: ['**', '!*.md'] }, ['a.md', 'x'], 'yes, paths[0]: x matches "**"'],
  [
    'only what is ignored',
    { 'paths-ignore': ['docs/**'] },
    ['docs/a', 'docs/b'],
    'no, paths-ignore[0]: all 2 changed files are ignored',
  ],
  [
    'the only one is ignored',
    { 'paths-ignore': ['docs/**'] },
    ['docs/a'],
    'no, paths-ignore[0]: the changed file is ignored',
  ],
  [
    'more than what is ignored',
    { 'paths-ignore': ['docs/**'] },
    ['docs/a', 'src/x'],
    'yes, paths-ignore: src/x is not ignored',
  ],
  [
    'ignored, but for one',
    { 'paths-ignore': ['**', '!src/**'] },
    ['docs/a', 'src/x'],
    'yes, paths-ignore: src/x is not ignored',
  ],
  [
    'asked for and ignored',
    { paths: ['src/**'], 'paths-ignore': ['**/*.md'] },
    ['src/a.md', 'x'],
    'no, paths-ignore[0]: the changed file is ignored',
  ],
  [
    'asked for and not ignored',
    { paths: ['src/**'], 'paths-ignore': ['**/*.md'] },
    ['src/a.md', 'src/x'],
    'yes, paths[0]: src/x matches "src/**"',
  ],
  ['nothing, with paths', { paths: ['**'] }, [], 'no, paths: no file is changed'],
  ['nothing, with paths-ignore', { 'paths-ignore': ['docs/**'] }, [], 'no, paths-ignore: no file is changed'],
])('a push that changes %s is judged as GitHub does', (_, rules, files, why) => {
  const { key, index, detail, isPassed } = judge(rules, files);

  expect(`${isPassed ? 'yes' : 'no'}, ${key}${index === null ? '' : `[${index}]`}: ${detail}`).toBe(why);
});

test('no more files are looked at than are needed', () => {
  expect(judge({ paths: ['b'] }, ['a', 'b', 'c', 'd']).seen).toBe(2);
});

test('files that cannot be told keep no build from starting', () => {
  expect(judge({ paths: ['src/**'] }, ['a'], 'git took too long')).toMatchObject({
    isPassed: true,
    detail: 'the changed files are not known: git took too long',
  });
});

test.each<readonly [Rules, boolean]>([
  [{}, false],
  [{ paths: ['a'] }, true],
  [{ paths: [] }, true],
  [{ 'paths-ignore': ['a'] }, true],
  [{ 'paths-ignore': [] }, false],
])('%j looks at files or does not', (rules, expected) => {
  expect(hasPathRules(rules)).toBe(expected);
});
