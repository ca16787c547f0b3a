import { t } from '../core/translate.ts';

/**
 * What in a list of filter patterns is allowed but cannot be meant, one sentence each with the place in the list;
 * null is the list as a whole. GitHub Actions refuses most of these.
 *
 * @param key of the list: `branches`, `paths-ignore`, ...
 */
export function lintPatterns(
  key: string,
  patterns: readonly string[],
): readonly { readonly index: number | null; readonly message: string }[] {
  const found: { index: number | null; message: string }[] = [];
  patterns.forEach((pattern, index) => {
    const message = lint(key, pattern.replace(/^!/, ''));
    if (message !== null) found.push({ index, message });
  });
  if (patterns.length > 0 && patterns.every((pattern) => pattern.startsWith('!'))) {
    found.push({
      index: null,
      message: t`has only patterns with "!", which take back what an earlier one gave: nothing matches`,
    });
  }
  return found;
}

const FULL_REF = /^refs\/(?:heads|tags)\/(.*)$/s;
const SETS = /\\.|\[([^\]]*)(\])?/gs;
const GOOD_SET = /^(?:[0-9A-Za-z](?:-[0-9A-Za-z])?)+$/;

function lint(key: string, pattern: string): string | null {
  const [, short] = FULL_REF.exec(pattern) ?? [];
  if (short !== undefined && !key.startsWith('paths'))
    return t`is matched against the short name; write ${JSON.stringify(short)}`;
  if (key.startsWith('paths') && /^\.{0,2}\//.test(pattern))
    return t`is matched against paths from the top of the repository; write ${JSON.stringify(pattern.replace(/^(?:\.{0,2}\/)+/, ''))}`;
  if (key.startsWith('paths') && pattern.endsWith('/'))
    return t`names a folder, and only files are matched; write ${JSON.stringify(`${pattern}**`)}`;
  for (const [whole, set, end] of pattern.matchAll(SETS)) {
    if (whole.startsWith('\\')) continue;
    const isGood = end !== undefined && GOOD_SET.test(set ?? '');
    if (!isGood)
      return t`has ${JSON.stringify(whole)}, which is no set of letters and digits, and is taken as it is`;
    const reversed = [...(set ?? '').matchAll(/(.)-(.)/g)].find(([, from = '', to = '']) => from > to);
    if (reversed) return t`has the range ${reversed[0]}, in which nothing is`;
  }
  return null;
}
