import { expect, test } from 'vitest';
import { locate } from '../../src/config/problems.ts';

const TEXT = `{
  "region": 1,
  "jobs": [
    { "id": "x" }
  ]
}
`;

/** The problems in short: `<key>@<line>:<column> <message>`. */
async function located(text: string, ...paths: (string | number)[][]): Promise<string[]> {
  const findings = paths.map((path) => ({ path, message: 'is wrong', isError: true }));
  const problems = await locate(text, findings);
  return problems.map(({ key, line, column, message }) => `${key}@${line}:${column} ${message}`);
}

test.each([
  ['a value', TEXT, ['region'], 'region@2:3 is wrong'],
  ['a value in a list', TEXT, ['jobs', 0, 'id'], 'jobs[0].id@4:7 is wrong'],
  ['an element', TEXT, ['jobs', 0], 'jobs[0]@4:5 is wrong'],
  [
    'a key that is missing, by what it is missing from',
    TEXT,
    ['jobs', 0, 'name'],
    'jobs[0].name@4:5 is wrong',
  ],
  ['a key that is missing everywhere', TEXT, ['commits', 'max'], 'commits.max@1:1 is wrong'],
  ['the file', TEXT, [], '@1:1 is wrong'],
  [
    'a file with carriage returns',
    TEXT.replaceAll('\n', '\r\n'),
    ['jobs', 0, 'id'],
    'jobs[0].id@4:7 is wrong',
  ],
  ['a file in one line', '{"a":{"b":1}}', ['a', 'b'], 'a.b@1:7 is wrong'],
  ['a line with Chinese in front', '{"中文":1,"b":2}', ['b'], 'b@1:9 is wrong'],
  ['a number as text', '[1]', [0], '[0]@1:2 is wrong'],
])('the place of %s is found', async (_, text, path, expected) => {
  expect(await located(text, path)).toEqual([expected]);
});

test.each([
  ['nothing', '', '@1:1 not valid JSON: value expected'],
  ['a comma too many', '{\n  "a": 1,\n}', '@3:1 not valid JSON: property name expected'],
  ['a comma too few', '{\n  "a": 1\n  "b": 2\n}', '@3:3 not valid JSON: comma expected'],
  ['a comment', '// x\n{}', '@1:1 not valid JSON: invalid comment token'],
  ['single quotes', "{'a': 1}", '@1:2 not valid JSON: invalid symbol'],
  ['an end too early', '{"a": [1', '@1:9 not valid JSON: close bracket expected'],
  ['something after the end', '{} x', '@1:4 not valid JSON: invalid symbol'],
  ['a merge conflict', '{\n<<<<<<< HEAD\n}', '@2:1 not valid JSON: invalid symbol'],
])('a text with %s says where it stops being JSON', async (_, text, expected) => {
  expect(await located(text)).toEqual([expected]);
});

test.each([
  ['a tab in a string', '{"a":"\t"}'],
  ['a control character', '{"a":"\u0001"}'],
  ['a number with a leading zero', '{"a":01}'],
  ['a number without an end', '{"a":1.}'],
  ['a plus sign', '{"a":+1}'],
  ['an escape that is none', String.raw`{"a":"\x"}`],
  ['half an escape', String.raw`{"a":"\u00"}`],
  ['a space that is none', '{\u00a0"a":1}'],
  ['a form feed', '{\f"a":1}'],
  ['a line separator between', '{"a":1,\u2028"b":2}'],
  ['a byte order mark in the middle', '{\uFEFF}'],
  ['the word undefined', '{"a":undefined}'],
  ['NaN', '{"a":NaN}'],
  ['deep brackets', '['.repeat(64)],
])('whatever JSON.parse refuses has at least one problem: %s', async (_, text) => {
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  expect((await located(text)).length).toBeGreaterThan(0);
});
