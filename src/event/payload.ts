import type { Oid } from '../core/oid.ts';
import type { Commit } from './commits.ts';
import type { RepositoryInfo } from './repository.ts';

/** The body of the request, codearts-api.md section 1. Frozen in the event: history may be rewritten. */
export interface Payload {
  readonly event_type: 'push' | 'push_events';
  readonly ref: string;
  readonly before: Oid;
  readonly after: Oid;
  /** Oldest first; the last one is `after`. */
  readonly commits: readonly Commit[];
  readonly repository: RepositoryInfo;
}

const LIMIT_BYTES = 256 * 1024;

/** The payload with its oldest commits left out until it is at most 256 KiB of JSON. */
export function fitPayload(payload: Payload): Payload {
  let fitted = payload;
  while (fitted.commits.length > 1 && Buffer.byteLength(JSON.stringify(fitted)) > LIMIT_BYTES) {
    fitted = { ...fitted, commits: fitted.commits.slice(1) };
  }
  return fitted;
}
