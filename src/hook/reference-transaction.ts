import { type Oid, parseOid } from '../core/oid.ts';

/** One ref that git has changed in a committed transaction. */
export interface TransactionLine {
  readonly after: Oid;
  readonly ref: string;
}

/**
 * Reads what the reference-transaction shim recorded of a push: lines `<old> SP <new> SP <ref>`.
 *
 * `old` is of no use: it is zeroes in every push. Values that are no object names (`ref:` of symbolic refs, a line
 * cut by a crash) are left out: such a line proves nothing, and the remote is asked instead.
 *
 * @see githooks(5), "reference-transaction"
 */
export function parseTransaction(text: string): TransactionLine[] {
  const lines: TransactionLine[] = [];
  for (const line of text.split('\n')) {
    const [, new_ = '', ...ref] = line.split(' ');
    const after = parseOid(new_);
    if (after && ref.length > 0) lines.push({ after, ref: ref.join(' ') });
  }
  return lines;
}
