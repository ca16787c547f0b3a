/** What a catalogue has for each English text; `{0}`, `{1}` stand for its values, in any order. */
export type Catalogue = Readonly<Record<string, string>>;

/** A text with values in it, as it is recognised when it comes back from the disk. */
interface Pattern {
  readonly regexp: RegExp;
  /** Which value each group has. */
  readonly places: readonly string[];
  readonly translation: string;
}

const PLACE = /\{(\d+)\}/g;
/** Longer texts, and those with fewer letters of their own (`{0}: {1}`), are not looked for. */
const LONGEST = 1000;
const LETTERS = 4;

let catalogue: Catalogue = {};
let patterns: readonly Pattern[] | null = null;

/** Has all that is said from now on come from this catalogue; what it lacks stays English. */
export function useCatalogue(messages: Catalogue): void {
  catalogue = messages;
  patterns = null;
}

/**
 * Text for people, in their language: `` t`${count} wait` ``. The English text is its own key, `{0} wait` here.
 * Where a sentence differs by number, there are two of them, each whole.
 */
export function t(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const key = keyOf(parts);
  return fill(catalogue[key] ?? key, values);
}

/**
 * Text that is stored, or made by a library: English. The catalogue has it too, so that `translated` can give it in the
 * language of whoever reads it.
 */
export function stored(parts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return fill(keyOf(parts), values);
}

/** Stored English text in the user's language, its values as well; unchanged when the catalogue does not know it. */
export function translated(text: string): string {
  const whole = Object.hasOwn(catalogue, text) ? catalogue[text] : undefined;
  if (whole !== undefined || text.length > LONGEST) return whole ?? text;
  patterns ??= patternsOf(catalogue);
  for (const { regexp, places, translation } of patterns) {
    const found = regexp.exec(text);
    if (!found) continue;
    const values: string[] = [];
    for (const [group, place] of places.entries()) values[Number(place)] = translated(found[group + 1] ?? '');
    return fill(translation, values);
  }
  return text;
}

function keyOf(parts: TemplateStringsArray): string {
  return parts.reduce((text, part, n) => `${text}{${n - 1}}${part}`);
}

function fill(text: string, values: readonly (string | number)[]): string {
  return text.replaceAll(PLACE, (whole, n: string) => String(values[Number(n)] ?? whole));
}

/** The most particular first: the one that has the most text of its own. */
function patternsOf(messages: Catalogue): Pattern[] {
  return Object.entries(messages)
    .map(([key, translation]) => ({ key, own: key.replaceAll(PLACE, ''), translation }))
    .filter(({ key, own }) => own !== key && own.replaceAll(/[^a-z]/gi, '').length >= LETTERS)
    .sort((a, b) => b.own.length - a.own.length)
    .map(({ key, translation }) => ({
      regexp: new RegExp(
        `^${key
          .split(PLACE)
          .map((part, n) =>
            n % 2 === 1 ? '([^]+?)' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
          )
          .join('')}$`,
      ),
      places: [...key.matchAll(PLACE)].map(([, place = '']) => place),
      translation,
    }));
}
