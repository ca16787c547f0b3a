import { expect, test } from 'vitest';
import { findingLines } from '../../src/ui/findings.ts';
import type { Paint } from '../../src/ui/style.ts';
import { table } from '../../src/ui/table.ts';

const PLAIN: Paint = (_, text) => text;
const FINDINGS = [
  { name: 'hooks', ok: true, detail: 'in place', remedy: null },
  {
    name: '凭证',
    ok: false,
    detail: 'there are no credentials for this host',
    remedy: 'codearts-hooks login',
  },
  { name: '', ok: false, detail: 'and more', remedy: 'codearts-hooks show 1234567' },
];

test('where there is no terminal a finding is a line, and its remedy another', () => {
  expect(findingLines(FINDINGS, { paint: PLAIN, columns: null })).toBe(
    [
      '✓ hooks  in place',
      '✗ 凭证   there are no credentials for this host',
      '         → codearts-hooks login',
      '         and more',
      '         → codearts-hooks show 1234567',
      '',
    ].join('\n'),
  );
});

test('on a narrow terminal a finding goes below its name, and a remedy is never broken', () => {
  expect(findingLines(FINDINGS, { paint: PLAIN, columns: 24 })).toBe(
    [
      '✓ hooks',
      '  in place',
      '✗ 凭证',
      '  there are no',
      '  credentials for this',
      '  host',
      '  → codearts-hooks login',
      '  and more',
      '  → codearts-hooks show 1234567',
      '',
    ].join('\n'),
  );
});

test('on a wider one sentences are broken beside it', () => {
  const [line = '', second] = findingLines(FINDINGS.slice(1), { paint: PLAIN, columns: 60 }).split('\n');
  const long = { name: 'a', ok: true, detail: 'word '.repeat(20).trim(), remedy: null };

  expect([line, second]).toEqual([
    '✗ 凭证  there are no credentials for this host',
    '        → codearts-hooks login',
  ]);
  expect(findingLines([long], { paint: PLAIN, columns: 60 }).split('\n')).toEqual([
    `✓ a  ${'word '.repeat(11).trim()}`,
    `     ${'word '.repeat(9).trim()}`,
    '',
  ]);
});

test.each([
  [null, 'id  a-long-name-of-a-branch  what came of it\n'],
  [60, 'id  a-long-name-of-a-branch  what came of it\n'],
  [38, 'id  a-long-name-of-a-branch  what cam…\n'],
  [30, 'id  a-long-name-of-…  what ca…\n'],
  [16, 'id  a-long-…  w…\n'],
])('a table for %s columns cuts the cells that it may, in their order', (columns, expected) => {
  const rows = [['id', 'a-long-name-of-a-branch', 'what came of it']];

  expect(table(rows, { columns, flexible: [2, 1] })).toBe(expected);
});
