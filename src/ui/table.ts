import { cutTo, widthOf } from './width.ts';

/** How a table is made to fit. */
export interface TableFit {
  /** Of the terminal; null: nothing is cut. */
  readonly columns: number | null;
  /** Which columns may be cut, from 0, the first of them first. */
  readonly flexible: readonly number[];
}

/** What is left of a cell that is cut, before the next may be. */
const LEAST = 8;
const GAP = 2;

/**
 * Lines of aligned columns, two spaces between them; nothing is padded at a line's end. On a terminal that is too
 * narrow cells are cut, so that no line is wrapped.
 */
export function table(rows: readonly (readonly string[])[], fit?: TableFit): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  }
  if (fit?.columns) shrink(widths, fit.columns, fit.flexible);
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const cut = cutTo(cell, width);
        return cut + ' '.repeat(width - widthOf(cut));
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  const cut = (text: string) => (fit?.columns ? cutTo(text, fit.columns) : text);
  return rows.map((row) => `${cut(line(row))}\n`).join('');
}

function shrink(widths: number[], columns: number, flexible: readonly number[]): void {
  const total = widths.reduce((sum, width) => sum + width, 0) + GAP * (widths.length - 1);
  let over = total - columns;
  for (const column of flexible) {
    const width = widths[column] ?? 0;
    const less = Math.min(Math.max(width - LEAST, 0), Math.max(over, 0));
    widths[column] = width - less;
    over -= less;
  }
}
