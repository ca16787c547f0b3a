declare const __PACE__: number;

/**
 * A wait as this build keeps it: `ms` milliseconds in the product. Builds for tests put in another pace, so
 * that hours of back-off pass in seconds and in the same order.
 */
export function paced(ms: number): number {
  return ms * __PACE__;
}
