import type { Paint } from './style.ts';
import { widthOf, wrapTo } from './width.ts';

/** One thing that was looked at. */
export interface ShownFinding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  /** What to do, if possible as a command; null: nothing. */
  readonly remedy: string | null;
}

/** From here on a detail has room beside its name. */
const WIDE = 60;

/**
 * Findings, one after the other: sign and name, what was found, and for what is wrong its remedy on a line of its own,
 * whole, to be copied.
 *
 * @param columns of the terminal, to which sentences are wrapped; null: there is none
 */
export function findingLines(
  findings: readonly ShownFinding[],
  { paint, columns }: { readonly paint: Paint; readonly columns: number | null },
): string {
  const isNarrow = columns !== null && columns < WIDE;
  const width = Math.max(0, ...findings.map(({ name }) => widthOf(name)));
  const indent = ' '.repeat(isNarrow ? 2 : width + 4);
  const wrapped = (text: string) => (columns === null ? [text] : wrapTo(text, columns - indent.length));
  return findings
    .map(({ name, ok, detail, remedy }) => {
      // One without a name belongs to the one before it.
      const sign = name === '' ? ' ' : paint(ok ? 'green' : 'red', ok ? '✓' : '✗');
      const title = isNarrow ? name : name + ' '.repeat(width - widthOf(name));
      const head = `${sign} ${ok ? title : paint('bold', title)}`;
      const [first = '', ...rest] = wrapped(detail);
      const lines = isNarrow
        ? [...(name === '' ? [] : [head]), indent + first]
        : [`${name === '' ? indent.slice(2) : head}  ${first}`];
      for (const line of rest) lines.push(indent + line);
      if (remedy !== null) lines.push(`${indent}${paint('bold', `→ ${remedy}`)}`);
      return lines.map((line) => `${line}\n`).join('');
    })
    .join('');
}
