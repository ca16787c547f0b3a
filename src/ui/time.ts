const UNITS: readonly (readonly [number, string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
];

/** How long ago, in the largest whole unit: `5 min ago`, `now` for less than a second. */
export function timeAgo(thenMs: number, nowMs: number): string {
  const elapsed = nowMs - thenMs;
  for (const [ms, unit] of UNITS) if (elapsed >= ms) return `${Math.floor(elapsed / ms)} ${unit} ago`;
  return 'now';
}
