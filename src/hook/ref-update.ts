import type { Oid } from '../core/oid.ts';

/** What a push means to do, or has done, to one ref of the remote. */
export interface RefUpdate {
  /** Full ref name at the remote. */
  readonly ref: string;
  /** The remote's own old value; zeroes when the ref is new. */
  readonly before: Oid;
  /** The new value; zeroes when the ref is deleted. */
  readonly after: Oid;
  /** The user's own spelling of the source (`HEAD~`, `refs/heads/main`, `(delete)`), null when not known. */
  readonly localRef: string | null;
}
