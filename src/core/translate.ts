/** What a catalogue has for each English text; `{0}`, `{1}` stand for its values, in any order. */
export type Catalogue = Readonly<Record<string, string>>;

/** A text with values in it, as it is recognised when it comes back from the disk. */
interface Pattern {
  readonly regexp: RegExp;
  /** It has so little text of its own (`{0}, and {1}`) that it counts only around what is known. */
  readonly isWeak: boolean;
  /** Which value each group has. */
  readonly places: readonly string[];
  readonly translation: string;
}

const PLACE = /\{(\d+)\}/g;
const SPACED_PLACE = / ?\{(\d+)\} ?/g;
const HAN = /[\u4e00-\u9fff]/;
/** Longer texts are not looked for. */
const LONGEST = 1000;
/** How far a text in a text in a text is followed: what a service has said could go on for ever. */
const DEEPEST = 4;
/** Fewer letters make a weak pattern. */
const LETTERS = 6;
/** The place of a problem, `codearts-hooks.json:3:5: `, with the key that it is about or without. */
const PROBLEM = /^(\S+:\d+:\d+: )((\S+ )?(.+))$/s;

let catalogue: Catalogue = {};
let recognised: Catalogue = {};
let patterns: readonly Pattern[] | null = null;

/**
 * Has all that is said from now on come from this catalogue; what it lacks stays English.
 *
 * @param stored the part of it in which `translated` looks for texts with values
 */
export function useCatalogue(messages: Catalogue, stored: Catalogue = messages): void {
  catalogue = messages;
  recognised = stored;
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
  return lookUp(text, DEEPEST);
}

function lookUp(text: string, depth: number): string {
  const whole = Object.hasOwn(catalogue, text) ? catalogue[text] : undefined;
  if (whole !== undefined || text.length > LONGEST || depth === 0) return whole ?? text;
  patterns ??= patternsOf(recognised);
  for (const pattern of patterns) {
    const found = filledWith(text, pattern, depth - 1);
    if (found !== null) return found;
  }
  const [, place, problem = '', key = '', message = ''] = PROBLEM.exec(text) ?? [];
  if (place === undefined) return text;
  const known = lookUp(problem, depth - 1);
  return place + (known === problem ? key + lookUp(message, depth - 1) : known);
}

function filledWith(
  text: string,
  { regexp, isWeak, places, translation }: Pattern,
  depth: number,
): string | null {
  const found = regexp.exec(text)?.slice(1);
  if (!found) return null;
  const said = found.map((value) => lookUp(value, depth));
  if (isWeak && said.some((value, index) => value === found[index])) return null;
  const values: string[] = [];
  for (const [index, place] of places.entries()) values[Number(place)] = said[index] ?? '';
  return fill(translation, values);
}

function keyOf(parts: TemplateStringsArray): string {
  return parts.reduce((text, part, n) => `${text}{${n - 1}}${part}`);
}

/**
 * Puts the values in. Chinese has a blank beside a Latin word and none beside its own: the one beside a place goes where
 * the value is Chinese.
 */
function fill(text: string, values: readonly (string | number)[]): string {
  return text.replaceAll(SPACED_PLACE, (whole, n: string, offset: number) => {
    const value = String(values[Number(n)] ?? `{${n}}`);
    const [before, after] = [text[offset - 1] ?? '', text[offset + whole.length] ?? ''];
    const isTightBefore = HAN.test(before) && HAN.test(value[0] ?? '');
    const isTightAfter = HAN.test(after) && HAN.test(value.at(-1) ?? '');
    const [left, right] = [whole.startsWith(' '), whole.endsWith(' ')];
    return `${left && !isTightBefore ? ' ' : ''}${value}${right && !isTightAfter ? ' ' : ''}`;
  });
}

/** The most particular first: the one that has the most text of its own. */
function patternsOf(messages: Catalogue): Pattern[] {
  return Object.entries(messages)
    .map(([key, translation]) => ({ key, own: key.replaceAll(PLACE, ''), translation }))
    .filter(({ key, own }) => own !== key)
    .sort((a, b) => b.own.length - a.own.length)
    .map(({ key, own, translation }) => ({
      regexp: new RegExp(`^${key.split(PLACE).map(regexpPart).join('')}$`),
      isWeak: own.replaceAll(/[^a-z]/gi, '').length < LETTERS,
      places: [...key.matchAll(PLACE)].map(([, place = '']) => place),
      translation,
    }));
}

/** Of a key split at its places, every second part is the number of one. */
function regexpPart(part: string, n: number): string {
  return n % 2 === 1 ? '([^]+?)' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
