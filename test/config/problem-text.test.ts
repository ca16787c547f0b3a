import { expect, test } from 'vitest';
import { problemText, whyInvalid } from '../../src/config/problem-text.ts';

const AT = { line: 3, column: 5 };
const PATH = 'codearts-hooks.json';

test.each([
  ['a key', { key: 'jobs[0].id', message: 'is missing' }, `${PATH}:3:5: jobs[0].id is missing`],
  ['the file', { key: '', message: 'is not a file' }, `${PATH}:3:5: is not a file`],
  [
    'a key that rings and turns',
    { key: 'j\u001b]0;p\u0007\u202e\nx', message: 'is\u009bwrong' },
    `${PATH}:3:5: j ]0;p   x is wrong`,
  ],
  [
    'a key without end',
    { key: 'k'.repeat(60_000), message: 'is wrong' },
    `${PATH}:3:5: ${'k'.repeat(99)}… is wrong`,
  ],
  ['a value without end', { key: 'k', message: 'v'.repeat(60_000) }, `${PATH}:3:5: k ${'v'.repeat(299)}…`],
])('a problem of %s is told on one line, with its place', (_, problem, expected) => {
  expect(problemText(PATH, { ...AT, ...problem })).toBe(expected);
});

test('a config that is not valid says why', () => {
  const problems = [
    { ...AT, key: 'a', message: 'is wrong' },
    { ...AT, key: 'b', message: 'too' },
  ];

  expect(whyInvalid({ path: PATH, config: null, problems })).toBe(`${PATH}:3:5: a is wrong`);
  expect(whyInvalid({ path: PATH, config: null, problems: [] })).toBe(`${PATH} is not valid`);
});
