import { widthOf, wrapTo } from './width.ts';

/** How it is shown. */
export interface LabelStyle {
  /** The colour of the word. */
  readonly paint: (label: string) => string;
  /** Of the terminal, to which the text is wrapped; null: there is none. */
  readonly columns: number | null;
}

/** A word with a colon and what it is about, `error: ...`; Chinese has its colon without a blank. */
export function labelled(label: string, text: string, { paint, columns }: LabelStyle): string {
  const whole = `${paint(label)}${label.endsWith('：') ? '' : ' '}${text}`;
  if (columns === null) return whole;
  return whole
    .split('\n')
    .map((line) => (isToWrap(line, columns) ? wrapTo(line, columns - 2).join('\n  ') : line))
    .join('\n');
}

/** A path that is longer than a line is left to the terminal, so that it can be copied. */
function isToWrap(line: string, columns: number): boolean {
  return (
    widthOf(line) > columns && line.split(/[\s\u2e80-\uffef]/).every((word) => widthOf(word) < columns - 2)
  );
}
