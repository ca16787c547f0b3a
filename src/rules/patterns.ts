/** Which pattern of a list decides about a name. */
export interface Decision {
  /** Whether the list asks for the name. */
  readonly isAsked: boolean;
  /** The place in the list of the last pattern that matches; null: none does. */
  readonly index: number | null;
}

/** A list of patterns, read once; to be asked about many names. */
export type PatternList = (name: string) => Decision;

/**
 * Reads a list of filter patterns for names (branches, tags without `refs/...`; paths), as in GitHub Actions: `*`
 * stands within a path part, `**` across them; `?` and `+` say how often the character before comes; a pattern with
 * `!` in front takes back what an earlier one gave; the last that matches decides.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax, "Filter pattern cheat sheet"
 */
export function readPatterns(patterns: readonly string[]): PatternList {
  const parsed = patterns.map((pattern) => {
    const isNegative = pattern.startsWith('!');
    return { isNegative, ...parse(pattern.slice(isNegative ? 1 : 0)) };
  });
  return (name) => {
    // A Mac spells letters with accents in two characters.
    const spelled = name.normalize('NFC');
    const index = parsed.findLastIndex(
      ({ prefix, parts }) => spelled.startsWith(prefix) && isMatch(spelled.slice(prefix.length), parts),
    );
    return index < 0 ? { isAsked: false, index: null } : { isAsked: !parsed[index]?.isNegative, index };
  };
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

// What stands for itself at the start: most names differ from a pattern there, which costs nothing to see.
const PLAIN_START = /^(?:[^*?+[\\](?![?+]))*/su;
// `**/` where a path part begins; `**`, `*`; or a character, escaped, of a set, or as it is, and how often it comes.
const TOKEN = /((?<=^|\/)\*{2,}\/)|(\*+)|(?:\\(.)|\[((?:[0-9A-Za-z](?:-[0-9A-Za-z])?)+)\]|(.))([?+]?)/gsu;

/**
 * Not by picomatch or minimatch: their `?` is any character, their `+` a plus, their `**` beside other characters a
 * `*`, their `a/**` takes `a` too, parentheses and braces are groups, and a hostile list of stars takes for ever.
 */
function parse(pattern: string): { prefix: string; parts: readonly Part[] } {
  const spelled = pattern.normalize('NFC');
  const prefix = PLAIN_START.exec(spelled)?.[0] ?? '';
  const rest = new RegExp(TOKEN);
  rest.lastIndex = prefix.length;
  const parts = [...spelled.matchAll(rest)].flatMap((token): Part[] => {
    const [, folders, stars, escaped, set, plain, often] = token;
    if (folders !== undefined) return [GATE, STARS, SLASH];
    if (stars !== undefined) return [stars === '*' ? STAR : STARS];
    const takes = set === undefined ? is(escaped ?? plain ?? '') : isOneOf(set);
    return [{ takes, isOptional: often === '?', isRepeated: often === '+' }];
  });
  return { prefix, parts };
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
    if (next.size === 0) return false;
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
