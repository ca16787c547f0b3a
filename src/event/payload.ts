import { toUnicode } from '../core/bytes.ts';
import type { Oid } from '../core/oid.ts';
import type { Commit, CommitList } from './commits.ts';
import { type RepositoryInfo, repositoryOf } from './repository.ts';

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

/** A push of a ref as its requests tell of it; values are commits. */
export interface RequestedPush {
  readonly ref: string;
  readonly before: Oid;
  readonly after: Oid;
  readonly list: CommitList;
  /** The remote's. */
  readonly url: string;
}

const LIMIT_BYTES = 256 * 1024;

/** The body of a push's request, in the size that the service takes. */
export function pushPayload(
  eventType: Payload['event_type'],
  { ref, before, after, list, url }: RequestedPush,
): Payload {
  return fitPayload({
    event_type: eventType,
    ref: toUnicode(ref),
    before,
    after,
    commits: list.commits,
    repository: repositoryOf(url),
  });
}

/** The payload with its oldest commits left out until it is at most 256 KiB of JSON. */
export function fitPayload(payload: Payload): Payload {
  let fitted = payload;
  while (fitted.commits.length > 1 && Buffer.byteLength(JSON.stringify(fitted)) > LIMIT_BYTES) {
    fitted = { ...fitted, commits: fitted.commits.slice(1) };
  }
  return fitted;
}
