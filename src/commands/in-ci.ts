import { isCI } from 'ci-info';
import type { Env } from '../platform/effects.ts';

/** Whether this runs in a CI service, where nobody pushes by hand. `CI=false` says no. */
export function isInCi(env: Env): boolean {
  return env['CI'] !== 'false' && isCI;
}
