import { wrapTo } from './width.ts';

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
    .map((line) => wrapTo(line, columns - 2).join('\n  '))
    .join('\n');
}
