import { describe, expect, test } from 'vitest';
import { readPatterns } from '../../src/rules/patterns.ts';
import { BRANCHES_AND_TAGS, COMBINED, type FilterRow, LITERAL, PATHS, SENTENCES } from './filter-cases.ts';

const TABLES: readonly (readonly [string, readonly FilterRow[]])[] = [
  ['GitHub’s table of branches and tags', BRANCHES_AND_TAGS],
  ['GitHub’s table of paths', PATHS],
  ['GitHub’s sentences', SENTENCES],
  ['what follows from them', COMBINED],
  ['what is nothing special', LITERAL],
];

function casesOf(rows: readonly FilterRow[]) {
  return rows.flatMap(([patterns, asked, others]) => [
    ...asked.map((name) => ({ patterns, name, expected: true })),
    ...others.map((name) => ({ patterns, name, expected: false })),
  ]);
}

describe.each(TABLES)('%s', (_, rows) => {
  test.each(casesOf(rows))('$patterns and $name: $expected', ({ patterns, name, expected }) => {
    expect(readPatterns(patterns)(name).isAsked).toBe(expected);
  });
});

test('the tables have at least 120 cases, half of them GitHub’s own', () => {
  const documented = [BRANCHES_AND_TAGS, PATHS, SENTENCES].flatMap(casesOf);
  const all = TABLES.flatMap(([, rows]) => casesOf(rows));

  expect(all.length).toBeGreaterThanOrEqual(240);
  expect(documented.length).toBeGreaterThanOrEqual(120);
});

test.each([
  [['x', 'main'], 'main', { isAsked: true, index: 1 }],
  [['**', 'm*', 'main', 'x'], 'main', { isAsked: true, index: 2 }],
  [['**', '!main', 'x'], 'main', { isAsked: false, index: 1 }],
  [['x'], 'main', { isAsked: false, index: null }],
  [[], 'main', { isAsked: false, index: null }],
])('the pattern of %j that decides about %s is told', (patterns, name, decision) => {
  expect(readPatterns(patterns)(name)).toEqual(decision);
});

test('a pattern of very many stars takes no longer than others', () => {
  expect(readPatterns([`${'**a*'.repeat(1000)}b`])('a'.repeat(250)).isAsked).toBe(false);
  expect(readPatterns(['**a*'.repeat(200)])('a'.repeat(250)).isAsked).toBe(true);
});
