/**
 * What is measured side by side: with codearts-hooks, and without. Where there is no such pair, `without` is what
 * the other is held against (`node -e 0`).
 *
 * @template T
 * @typedef {{readonly without: T, readonly with: T}} Pair
 */

/**
 * What a row may come to. `ratio` is with / without, `more` is with - without, `value` is with alone; the last two
 * in the row's unit.
 *
 * @typedef {{readonly ratio?: number, readonly more?: number, readonly value?: number}} Budget
 */

/**
 * One line of the table.
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {string} unit
 * @property {number | null} without a median
 * @property {number | null} with a median
 * @property {number | null} ratio the median of the rounds' ratios
 * @property {number | null} more the median of the rounds' differences
 * @property {Budget | null} budget null: to be known, not to be met
 * @property {boolean | null} ok null: no budget, or not measured
 * @property {string | null} why it was not measured
 * @property {Pair<readonly number[]>} samples by round
 */

/**
 * Measures both sides in each round, one right after the other and in turns first: whatever else the machine does
 * meets both alike. One round before the first is not counted.
 *
 * @param {number} rounds
 * @param {(side: 'without' | 'with', round: number, run: number) => Promise<number>} measure round 0 is the one
 *   that is not counted; runs are numbered over both sides
 * @returns {Promise<Pair<number[]>>}
 */
export async function interleave(rounds, measure) {
  /** @type {{without: number[], with: number[]}} */
  const samples = { without: [], with: [] };
  let run = 0;
  for (let round = 0; round <= rounds; round += 1) {
    /** @type {('without' | 'with')[]} */
    const sides = round % 2 === 0 ? ['without', 'with'] : ['with', 'without'];
    for (const side of sides) {
      const value = await measure(side, round, run);
      run += 1;
      if (round > 0) samples[side].push(value);
    }
  }
  return samples;
}

/**
 * Makes a row of samples. Ratio and difference are taken round by round, so that a busy minute does not count for
 * one side alone.
 *
 * @param {string} name
 * @param {string} unit
 * @param {Pair<readonly number[]>} samples
 * @param {Budget | null} budget
 * @returns {Row}
 */
export function rowOf(name, unit, samples, budget) {
  const rounds = samples.with.map((value, round) => ({ value, base: samples.without[round] ?? NaN }));
  const isPair = samples.without.length > 0;
  const row = {
    name,
    unit,
    without: isPair ? median(samples.without) : null,
    with: median(samples.with),
    ratio: isPair ? median(rounds.map(({ value, base }) => value / base)) : null,
    more: isPair ? median(rounds.map(({ value, base }) => value - base)) : null,
    budget,
    why: null,
    samples,
  };
  return { ...row, ok: budget && isWithin(row, budget) };
}

/**
 * The row of what could not be measured.
 *
 * @param {string} name
 * @param {string} why
 * @returns {Row}
 */
export function unmeasured(name, why) {
  const nothing = { unit: '', without: null, with: null, ratio: null, more: null, budget: null, ok: null };
  return { name, ...nothing, why, samples: { without: [], with: [] } };
}

/**
 * The middle of some numbers, the mean of the middle two.
 *
 * @param {readonly number[]} values at least one
 */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/**
 * @param {Pick<Row, 'ratio' | 'more' | 'with'>} row
 * @param {Budget} budget
 */
function isWithin(row, { ratio = Infinity, more = Infinity, value = Infinity }) {
  return (row.ratio ?? 0) <= ratio && (row.more ?? 0) <= more && (row.with ?? 0) <= value;
}
