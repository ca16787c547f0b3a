import picomatch from 'picomatch';

/**
 * Whether `name` (a branch or a tag, without `refs/...`) is asked for by `patterns`, as in GitHub Actions: `*`
 * stands within a path part, `**` across them; a pattern with `!` in front takes back what an earlier one gave;
 * the last that matches decides.
 */
export function isAskedFor(name: string, patterns: readonly string[]): boolean {
  let isAsked = false;
  for (const pattern of patterns) {
    const isNegative = pattern.startsWith('!');
    const isMatch = picomatch(isNegative ? pattern.slice(1) : pattern, {
      dot: true,
      nobrace: true,
      noextglob: true,
      nonegate: true,
    });
    if (isMatch(name)) isAsked = !isNegative;
  }
  return isAsked;
}
