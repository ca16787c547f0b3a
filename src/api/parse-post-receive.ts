import { parsePostReceiveLine } from '../hook/post-receive.ts';

/** What a push has done to one ref of the repository that took it. */
export interface RefUpdate {
  /** Full name: `refs/heads/main`. */
  readonly ref: string;
  /** The old value, 40 or 64 hexadecimal digits; zeroes when the ref is new. */
  readonly before: string;
  /** The new value; zeroes when the ref was deleted. */
  readonly after: string;
}

/**
 * Reads the standard input of git's `post-receive` hook: one line a ref, `<old oid> SP <new oid> SP <ref> LF`.
 *
 * @returns one update a line, in git's order
 * @throws {SyntaxError} on any other line, naming it
 * @see githooks(5), "post-receive"
 */
export function parsePostReceive(stdin: string): RefUpdate[] {
  return stdin
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { ref, before, after } = parsePostReceiveLine(line);
      return { ref, before, after };
    });
}
