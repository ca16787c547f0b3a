/** How deep the brackets of a JSON file may be nested. What people write has less than ten. */
export const DEEPEST = 64;

/** What closes what; also of a text that is not JSON, a bracket closes none of another kind. */
const OPENERS: Readonly<Record<string, string>> = { ']': '[', '}': '{' };

/**
 * Where the brackets of a JSON text are nested deeper than `DEEPEST`; null: nowhere. To be asked before a recursive
 * parser is (jsonc-parser), which such a text would crash.
 *
 * It takes whatever a parser may be given: strings without an end, and comments. Never says less than a parser goes deep.
 */
export function tooDeepAt(text: string): number | null {
  const open: string[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (sign === '"') at = endOfString(text, at);
    else if (sign === '/') at = endOfComment(text, at);
    else if (sign === '[' || sign === '{') {
      if (open.push(sign) > DEEPEST) return at;
    } else if (sign in OPENERS && open.at(-1) === OPENERS[sign]) open.pop();
  }
  return null;
}

/** The offset of its last character. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"' || sign === '\n' || sign === '\r') return at;
    if (sign === '\\') at += 1;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  const kind = text[start + 1];
  if (kind !== '/' && kind !== '*') return start;
  if (kind === '*') {
    const end = text.indexOf('*/', start + 2);
    return end < 0 ? text.length : end + 1;
  }
  const length = text.slice(start).search(/[\r\n]/);
  return length < 0 ? text.length : start + length;
}
