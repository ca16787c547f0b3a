import { relative } from 'node:path';
import type { Place } from './manifest.ts';
import type { PlanInput } from './plan.ts';

/** A place as the manifest has it. */
export function placeOf(
  kind: Place['kind'],
  path: string,
  how: Pick<Place, 'isWritten' | 'isMade'>,
  { repository }: Pick<PlanInput, 'repository'>,
): Place {
  return { kind, path: relative(repository.commonDir, path), ...how };
}
