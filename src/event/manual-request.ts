import type { Oid } from '../core/oid.ts';

/** What `trigger` asks the runner to make events of; JSON on its standard input. */
export interface ManualRequest {
  readonly cwd: string;
  readonly gitDir: string;
  readonly remote: string;
  readonly url: string;
  readonly ref: string;
  readonly before: Oid;
  readonly after: Oid;
  /** The job by name, whatever the rules say; null: those that the rules choose. */
  readonly job: string | null;
  /** False: only to be shown. */
  readonly isKept: boolean;
}
