import { t } from '../core/translate.ts';
import { labelled } from './labelled.ts';

// oxlint-disable-next-line no-control-regex -- it is what is taken out
const COLOUR = /\u001b\[[0-9;]*m/g;

/** The library's own words, which it does not let be chosen, with the end of a colour among them. */
const WORDS: readonly (readonly [said: RegExp, text: (end: string) => string])[] = [
  [/↑\/↓(\S*) to select/, (end) => `↑/↓${end} ${t`to select`}`],
  [/Enter:(\S*) confirm/, (end) => told(t`Enter:`, end, t`confirm`)],
  [/Type:(\S*) to search/, (end) => told(t`Type:`, end, t`to search`)],
  [/(?<=^\S*)Search:/m, () => t`Search:`],
  [/(?<=^\S*)No matches found/m, () => t`No matches found`],
];

/**
 * What the prompt library writes, in the user's language.
 *
 * @param isPlain without the colours that it paints whatever was asked of us
 */
export function promptText(text: string, isPlain: boolean): string {
  let own = text;
  for (const [said, words] of WORDS) own = own.replace(said, (_whole, end: string) => words(end));
  return isPlain ? own.replaceAll(COLOUR, '') : own;
}

function told(key: string, end: string, what: string): string {
  return labelled(key, what, { paint: (label) => label + end, columns: null });
}
