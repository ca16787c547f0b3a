/**
 * Whether `name` (a branch or a tag, without `refs/...`) is asked for by `patterns`, as in GitHub Actions: `*`
 * stands within a path part, `**` across them; a pattern with `!` in front takes back what an earlier one gave;
 * the last that matches decides.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax, "Filter pattern cheat sheet"
 */
export function isAskedFor(name: string, patterns: readonly string[]): boolean {
  // A Mac spells letters with accents in two characters.
  const spelled = name.normalize('NFC');
  let isAsked = false;
  for (const pattern of patterns) {
    const isNegative = pattern.startsWith('!');
    if (isMatch(spelled, parse(pattern.slice(isNegative ? 1 : 0)))) isAsked = !isNegative;
  }
  return isAsked;
}

/** A part of a pattern that takes one character, perhaps none, perhaps more. */
interface Part {
  readonly takes: (character: string) => boolean;
  readonly isOptional: boolean;
  readonly isRepeated: boolean;
  /** It and the two that follow may be left out, but only together. */
  readonly isGate?: boolean;
}

const STAR: Part = { takes: (character) => character !== '/', isOptional: true, isRepeated: true };
const STARS: Part = { takes: () => true, isOptional: true, isRepeated: true };
const SLASH: Part = { takes: (character) => character === '/', isOptional: false, isRepeated: false };
const GATE: Part = { takes: () => false, isOptional: true, isRepeated: false, isGate: true };

// `**/` where a path part begins; `**`, `*`; or a character, escaped, of a set, or as it is, and how often it comes.
const TOKEN = /((?<=^|\/)\*{2,}\/)|(\*+)|(?:\\(.)|\[((?:[0-9A-Za-z](?:-[0-9A-Za-z])?)+)\]|(.))([?+]?)/gsu;

// Not by picomatch: its `**` beside other characters is a `*`, its `a/**` takes `a` too, and parentheses are groups.
function parse(pattern: string): Part[] {
  return [...pattern.normalize('NFC').matchAll(TOKEN)].flatMap((token): Part[] => {
    const [, folders, stars, escaped, set, plain, often] = token;
    if (folders !== undefined) return [GATE, STARS, SLASH];
    if (stars !== undefined) return [stars === '*' ? STAR : STARS];
    const takes = set === undefined ? is(escaped ?? plain ?? '') : isOneOf(set);
    return [{ takes, isOptional: often === '?', isRepeated: often === '+' }];
  });
}

function is(wanted: string): Part['takes'] {
  return (character) => character === wanted;
}

function isOneOf(set: string): Part['takes'] {
  const ranges = [...set.matchAll(/(.)(?:-(.))?/g)].map(([, from = '', to = from]) => ({ from, to }));
  return (character) => ranges.some(({ from, to }) => from <= character && character <= to);
}

/** In time that grows with the name and the pattern: a regular expression of many stars may take for ever. */
function isMatch(name: string, parts: readonly Part[]): boolean {
  let places = withoutTaking(new Set([0]), parts);
  for (const character of name) {
    const next = new Set<number>();
    for (const place of places) {
      const part = parts[place];
      if (!part?.takes(character)) continue;
      next.add(place + 1);
      if (part.isRepeated) next.add(place);
    }
    places = withoutTaking(next, parts);
  }
  return places.has(parts.length);
}

/** The places in a pattern that can be reached from some without a character; a set grows while it is walked. */
function withoutTaking(places: Set<number>, parts: readonly Part[]): Set<number> {
  for (const place of places) {
    if (parts[place]?.isOptional) places.add(place + 1);
    if (parts[place]?.isGate) places.add(place + 3);
  }
  return places;
}
