import { t } from '../core/translate.ts';

/** What commander says, line by line. What it may say besides stays as it is. */
const LINES: readonly (readonly [said: RegExp, text: (...found: readonly string[]) => string])[] = [
  [/^Usage:$/, () => t`Usage:`],
  [/^Arguments:$/, () => t`Arguments:`],
  [/^Options:$/, () => t`Options:`],
  [/^Commands:$/, () => t`Commands:`],
  [/^error: unknown command '(.*)'$/, (name = '') => t`error: unknown command '${name}'`],
  [/^error: unknown option '(.*)'$/, (flag = '') => t`error: unknown option '${flag}'`],
  [/^error: missing required argument '(.*)'$/, (name = '') => t`error: missing required argument '${name}'`],
  [/^error: option '(.*)' argument missing$/, (flag = '') => t`error: option '${flag}' argument missing`],
  [
    /^error: too many arguments for '(.*)'\. Expected (\d+) arguments? but got (\d+)\.$/,
    (name = '', wanted = '', got = '') =>
      t`error: too many arguments for '${name}': ${wanted} expected, ${got} given`,
  ],
  [/^\(Did you mean (?!one of )(.*)\?\)$/, (name = '') => t`(Did you mean ${name}?)`],
  [/^\(Did you mean one of (.*)\?\)$/, (names = '') => t`(Did you mean one of ${names}?)`],
];

/** The value of an option that is not known, which may be a secret and have line ends in it. */
const UNKNOWN_VALUE = /^(error: unknown option '[^'=\s]*[=\s])[^]*'(?=\n|$)/;

/** Text of the command line's parser, titles and errors, in the user's language. */
export function parserText(text: string): string {
  return text.replace(UNKNOWN_VALUE, "$1…'").split('\n').map(lineText).join('\n');
}

function lineText(line: string): string {
  for (const [said, text] of LINES) {
    const [found, ...groups] = said.exec(line) ?? [];
    if (found !== undefined) return text(...groups);
  }
  return line;
}
