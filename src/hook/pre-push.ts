import { parseOid } from '../core/oid.ts';
import type { RefUpdate } from './ref-update.ts';

/**
 * Reads one line of the standard input of git's `pre-push` hook:
 * `<local ref> SP <local oid> SP <remote ref> SP <remote oid>`.
 *
 * @throws {SyntaxError} on any other line: a newer git, or a torn file; never guessed at
 * @see githooks(5), "pre-push"
 */
export function parsePrePushLine(line: string): RefUpdate {
  // From the right: only the local ref can hold anything unexpected.
  const fields = line.split(' ');
  const before = parseOid(fields.at(-1) ?? '');
  const ref = fields.at(-2);
  const after = parseOid(fields.at(-3) ?? '');
  if (fields.length < 4 || !before || !ref || !after) {
    throw new SyntaxError(`not a pre-push line: ${JSON.stringify(line)}`);
  }
  return { ref, before, after, localRef: fields.slice(0, -3).join(' ') };
}
