/** @typedef {import('./measure.mjs').Row} Row */

const HEAD = ['row', 'without', 'with', 'ratio', 'budget', 'ok'];

/**
 * The rows as lines of aligned columns, what could not be measured below.
 *
 * @param {readonly Row[]} rows
 */
export function table(rows) {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return column >= 1 && column <= 3 ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  const notes = rows.flatMap(({ name, why }) => (why === null ? [] : [`not measured: ${name}: ${why}`]));
  return `${[...lines, ...notes].join('\n')}\n`;
}

/** @param {Row} row */
function cellsOf(row) {
  const { name, unit, without, with: own, ratio, more, ok, why } = row;
  const shown = [without, own].map((value) => (value === null ? '-' : `${number(value)} ${unit}`));
  const change = more === null || unit === 'execs' ? '' : ` (${more < 0 ? '' : '+'}${number(more)})`;
  const verdict = ok === null ? '-' : ok ? 'yes' : 'NO';
  return [
    name,
    ...shown,
    ratio === null ? '-' : `${ratio.toFixed(2)} x${change}`,
    budgetWords(row),
    why === null ? verdict : 'not measured',
  ];
}

/** @param {Row} row */
function budgetWords({ budget, unit }) {
  if (!budget) return '-';
  const { ratio, more, value } = budget;
  const words = [
    value === undefined ? '' : `${value} ${unit}`,
    more === undefined ? '' : `+${more} ${unit}`,
    ratio === undefined ? '' : `${ratio} x`,
  ];
  return words.filter(Boolean).join(', ');
}

/** @param {number} value three digits are all that means anything */
function number(value) {
  return Number.isInteger(value) || Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(1);
}
