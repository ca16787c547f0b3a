import type { ManualRequest } from './manual-request.ts';

/**
 * What a command asks the runner to do to the queue, as JSON on its standard input; it answers with JSON on its
 * standard output: `trigger` with the events that were made, the others with an `Answer` for each id.
 */
export type Question =
  | { readonly kind: 'trigger'; readonly request: ManualRequest }
  /** Puts events that have ended, or wait, back to the start of the queue. */
  | { readonly kind: 'redeliver'; readonly ids: readonly string[] }
  /** Takes events out of the queue. */
  | { readonly kind: 'discard'; readonly ids: readonly string[] };

/** What became of one id. */
export interface Answer {
  readonly id: string;
  readonly isDone: boolean;
  /** Why not; '' when it was done. */
  readonly reason: string;
}
