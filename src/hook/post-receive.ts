import { parseOid } from '../core/oid.ts';
import type { RefUpdate } from './ref-update.ts';

/**
 * Reads one line of the standard input of git's `post-receive` hook, and of our `post-push`:
 * `<old oid> SP <new oid> SP <ref>`.
 *
 * @throws {SyntaxError} on any other line
 * @see githooks(5), "post-receive"
 */
export function parsePostReceiveLine(line: string): RefUpdate {
  const [old = '', new_ = '', ...ref] = line.split(' ');
  const before = parseOid(old);
  const after = parseOid(new_);
  if (!before || !after || !ref[0]?.startsWith('refs/')) {
    throw new SyntaxError(`not a line "<old-oid> <new-oid> <ref>": ${JSON.stringify(line)}`);
  }
  return { ref: ref.join(' '), before, after, localRef: null };
}
