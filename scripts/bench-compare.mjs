// npm run bench:compare [-- before.json after.json]: what has changed between two runs of the benchmark, by default from
// the baseline in docs/ to the last run. Exit code: 0 nothing is worse, 1 something is by more than a fifth, 2 usage.
import { readFile } from 'node:fs/promises';

/** A change that is more than what two runs of the same code differ by on a machine with other work. */
const WORSE = 1.2;

/** @typedef {import('./bench/measure.mjs').Row} Row */

const [before = 'docs/bench.json', after = '.cache/bench.json'] = process.argv.slice(2);

/**
 * @param {string} path
 * @returns {Promise<Map<string, Row>>}
 */
async function rowsOf(path) {
  try {
    const { rows } = JSON.parse(await readFile(path, 'utf8'));
    return new Map(rows.map((/** @type {Row} */ row) => [row.name, row]));
  } catch (error) {
    process.stderr.write(`${path} cannot be read: ${String(error)}\nhint: npm run bench writes one\n`);
    process.exit(2);
  }
}

/** What stands for a row: its ratio, which the machine's speed changes little; else its value. */
const valueOf = (/** @type {Row} */ { ratio, with: own }) => ratio ?? own;
const shown = (/** @type {Row} */ { ratio, with: own, unit }) =>
  ratio === null ? `${(own ?? 0).toFixed(1)} ${unit}` : `${ratio.toFixed(2)} x`;

const [old, fresh] = [await rowsOf(before), await rowsOf(after)];
let isWorse = false;
for (const [name, row] of fresh) {
  const earlier = old.get(name);
  const [was, is] = [earlier ? valueOf(earlier) : null, valueOf(row)];
  if (!earlier || was === null || is === null) {
    process.stdout.write(`new      ${name}: ${is === null ? 'not measured' : shown(row)}\n`);
    continue;
  }
  const change = is / was;
  const verdict = change > WORSE ? 'worse' : change < 1 / WORSE ? 'better' : 'same';
  isWorse ||= verdict === 'worse';
  process.stdout.write(`${verdict.padEnd(8)} ${name}: ${shown(earlier)} -> ${shown(row)}\n`);
}
for (const name of old.keys()) if (!fresh.has(name)) process.stdout.write(`not run  ${name}\n`);
process.exitCode = isWorse ? 1 : 0;
