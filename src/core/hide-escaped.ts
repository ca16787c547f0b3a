import { unescapeUrl } from './unescape-url.ts';

/** How often a text may have been escaped: a URL in a URL, in JSON. */
const LEVELS = 3;

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  equals: '=',
  gt: '>',
  lt: '<',
  plus: '+',
  quot: '"',
  sol: '/',
};
const BACKSLASHED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** A character as it is in a URL (of UTF-8, whole), in HTML or in JSON; and a line end within something wrapped. */
const ESCAPED = new RegExp(
  [
    '%(?:[0-7][0-9a-f]|[cd][0-9a-f]%[89ab][0-9a-f]|e[0-9a-f](?:%[89ab][0-9a-f]){2}|f[0-7](?:%[89ab][0-9a-f]){3})',
    `&(?:${Object.keys(NAMED).join('|')}|#[0-9]{1,7}|#x[0-9a-f]{1,6});`,
    String.raw`\\(?:["'/\\bfnrt]|u[0-9a-f]{4}|x[0-9a-f]{2})`,
    String.raw`\r?\n[ \t]*`,
  ].join('|'),
  'gi',
);

/** A part of a text; `end` is behind it. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * `text` without the given strings where they are escaped, wholly or in part, once or more often, or wrapped over
 * lines: what was escaped is read first, and searched.
 */
export function hideEscaped(text: string, strings: readonly string[], hidden: string): string {
  const found: Part[][] = [];
  const levels = [text];
  for (let before = text; levels.length <= LEVELS; before = levels.at(-1) ?? '') {
    const read = before.replaceAll(ESCAPED, readOne);
    if (read === before) break;
    levels.push(read);
    const parts = strings.flatMap((string) => occurrences(read, string));
    if (parts.length > 0) found.push(inOriginal(parts, levels));
  }
  // What has nothing escaped in it was not to be found here: the mark itself may be such a word.
  const escaped = found.flat().filter(({ start, end }) => !strings.includes(text.slice(start, end)));
  return replaceParts(text, escaped, hidden);
}

function readOne(escaped: string): string {
  const [first, second = ''] = escaped;
  if (first === '%') return unescapeUrl(escaped);
  if (first === '&') return NAMED[escaped.slice(1, -1).toLowerCase()] ?? numbered(escaped.slice(2, -1));
  if (first !== '\\') return '';
  if (escaped.length > 2) return String.fromCharCode(Number.parseInt(escaped.slice(2), 16));
  return BACKSLASHED[second.toLowerCase()] ?? second;
}

function numbered(digits: string): string {
  const code = /^x/i.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number(digits);
  return code > 0x10_ff_ff ? '' : String.fromCodePoint(code);
}

function occurrences(text: string, string: string): Part[] {
  const parts: Part[] = [];
  for (let start = text.indexOf(string); start >= 0; start = text.indexOf(string, start + string.length))
    parts.push({ start, end: start + string.length });
  return parts;
}

/** Where parts of the last of these texts come from in the first, each of them read from the one before. */
function inOriginal(parts: readonly Part[], levels: readonly string[]): Part[] {
  return levels.slice(0, -1).reduceRight<Part[]>(
    (read, text) => {
      const origins = originsOf(text);
      return read.map(({ start, end }) => ({
        start: origins[start]?.start ?? 0,
        end: origins[end - 1]?.end ?? text.length,
      }));
    },
    [...parts],
  );
}

/** Of each character that is read from a text, the part that it comes from. */
function originsOf(text: string): Part[] {
  const origins: Part[] = [];
  let at = 0;
  const asIs = (end: number): void => {
    for (; at < end; at += 1) origins.push({ start: at, end: at + 1 });
  };
  for (const { 0: escaped, index } of text.matchAll(ESCAPED)) {
    asIs(index);
    at += escaped.length;
    for (let n = readOne(escaped).length; n > 0; n -= 1) origins.push({ start: index, end: at });
  }
  asIs(text.length);
  return origins;
}

function replaceParts(text: string, parts: readonly Part[], hidden: string): string {
  let shown = '';
  let at = 0;
  for (const { start, end } of parts.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (end <= at) continue;
    shown += start < at ? '' : text.slice(at, start) + hidden;
    at = end;
  }
  return shown + text.slice(at);
}
