import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ELSEWHERE, SHOWN } from './rows.ts';

const ROWS = Array.from({ length: 50 }, (_, index) => index + 1);

/** The rows that titles of tests name, `row 21, row 24: ...`; a table of tests has them as its first column. */
function rowsInTitles(): Set<number> {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  );
  const texts = files.map((name) => readFileSync(join('test', name), 'utf8'));
  const named = texts.flatMap((text) => [...text.matchAll(/\brow (\d+)[:,]/g)].map(([, row]) => Number(row)));
  const tables = texts.filter((text) => text.includes("'row %i: "));
  const listed = tables.flatMap((text) =>
    [...text.matchAll(/^ +\[(\d+), '/gm)].map(([, row]) => Number(row)),
  );
  return new Set([...named, ...listed]);
}

test('each of the 50 rows of bad inputs is shown by a test, or is another part’s', () => {
  const titles = rowsInTitles();

  const missing = ROWS.filter((row) => !titles.has(row) && !(row in SHOWN) && !(row in ELSEWHERE));

  expect(missing).toEqual([]);
  expect(Object.keys(ELSEWHERE)).toEqual(['20', '47']);
});

test('the tests that show rows are there', () => {
  const cited = Object.values(SHOWN).flat();

  const gone = cited.filter(([file, title]) => !readFileSync(file, 'utf8').includes(title));

  expect(gone).toEqual([]);
});
