import { t } from '../core/translate.ts';

const UNITS: readonly (readonly [ms: number, words: (count: number) => string])[] = [
  [86_400_000, (count) => t`${count} d ago`],
  [3_600_000, (count) => t`${count} h ago`],
  [60_000, (count) => t`${count} min ago`],
  [1000, (count) => t`${count} s ago`],
];

/** How long ago, in the largest whole unit: `5 min ago`, `now` for less than a second. */
export function timeAgo(thenMs: number, nowMs: number): string {
  const elapsed = nowMs - thenMs;
  for (const [ms, words] of UNITS) if (elapsed >= ms) return words(Math.floor(elapsed / ms));
  return t`now`;
}
