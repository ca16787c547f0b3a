import { expect, test } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { hideSecret } from '../../src/core/known-secrets.ts';
import { errorReport } from '../../src/ui/error-report.ts';
import { parserText } from '../../src/ui/parser-text.ts';
import { plainText } from '../../src/ui/plain-text.ts';
import { type Paint, paintFor } from '../../src/ui/style.ts';
import { screenJson } from '../../src/ui/screen-json.ts';
import { table } from '../../src/ui/table.ts';
import { timeAgo } from '../../src/ui/time.ts';

const PLAIN: Paint = (_, text) => text;
const RED = '\u001b[31mx\u001b[39m';

test.each([
  [0, 'now'],
  [999, 'now'],
  [-5000, 'now'],
  [1000, '1 s ago'],
  [59_999, '59 s ago'],
  [60_000, '1 min ago'],
  [3_599_999, '59 min ago'],
  [3_600_000, '1 h ago'],
  [86_399_999, '23 h ago'],
  [86_400_000, '1 d ago'],
  [40 * 86_400_000, '40 d ago'],
])('%i ms ago is %s', (elapsed, expected) => {
  expect(timeAgo(1_000_000_000_000 - elapsed, 1_000_000_000_000)).toBe(expected);
});

test.each([
  ['a terminal', true, {}, true, RED],
  ['no terminal', false, {}, true, 'x'],
  ['--no-color', true, {}, false, 'x'],
  ['NO_COLOR', true, { NO_COLOR: '1' }, true, 'x'],
  ['an empty NO_COLOR, which means nothing', true, { NO_COLOR: '' }, true, RED],
  ['a terminal that knows none', true, { TERM: 'dumb' }, true, 'x'],
])('colour is for those that want it: %s', (...[, isTTY, env, isAllowed, expected]) => {
  expect(paintFor(isTTY, env, isAllowed)('red', 'x')).toBe(expected);
});

test.each([
  ['an escape', 'a\u001b[2Jb', 'a [2Jb'],
  ['a bell and a line end', 'a\u0007\nb', 'a  b'],
  ['a control character of eight bits', 'a\u009bb', 'a b'],
  ['delete', 'a\u007fb', 'a b'],
  ['text that turns round', 'a\u202e\u2066b', 'a  b'],
  ['a mark of direction', 'a\u200f\u061cb', 'a  b'],
  ['a byte that is no UTF-8', 'a\udcffb', 'a\\xffb'],
  ['Chinese and emoji', '中文 😀', '中文 😀'],
  ['ordinary text', 'a-b_c/d', 'a-b_c/d'],
])('text for a terminal has no %s that does something', (_, text, expected) => {
  expect(plainText(text)).toBe(expected);
});

test('long text is cut with a mark, and not within a character', () => {
  expect(plainText('x'.repeat(200))).toBe('x'.repeat(200));
  expect(plainText('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
  expect(plainText('abcdef', 3)).toBe('ab…');
  expect(plainText('a😀bcd', 3)).toBe('a…');
});

test.each([
  ['nothing', [], ''],
  ['one cell', [['a']], 'a\n'],
  [
    'columns',
    [
      ['a', 'b'],
      ['aaa', 'b'],
    ],
    'a    b\naaa  b\n',
  ],
  ['rows of different length', [['a'], ['b', 'c']], 'a\nb  c\n'],
  [
    'an empty last cell',
    [
      ['a', ''],
      ['b', 'c'],
    ],
    'a\nb  c\n',
  ],
  [
    'Chinese',
    [
      ['中', 'b'],
      ['a', 'b'],
    ],
    '中  b\na   b\n',
  ],
  [
    'emoji',
    [
      ['😀', 'b'],
      ['a', 'b'],
    ],
    '😀  b\na   b\n',
  ],
  [
    'a rare ideograph',
    [
      ['𠮷', 'b'],
      ['a', 'b'],
    ],
    '𠮷  b\na   b\n',
  ],
  [
    'colour',
    [
      [RED, 'b'],
      ['aa', 'b'],
    ],
    `${RED}   b\naa  b\n`,
  ],
])('a table of %s is aligned', (_, rows, expected) => {
  expect(table(rows)).toBe(expected);
});

test('a failure that the user can mend says what failed, and what to do', () => {
  const error = new UserError('usage', 'what failed', { hint: 'what to do', cause: new Error('below') });

  expect(errorReport(error, { paint: PLAIN, isVerbose: false, columns: null })).toBe(
    'error: what failed\nhint: what to do\n',
  );
  expect(errorReport(error, { paint: PLAIN, isVerbose: true, columns: null })).toBe(
    'error: what failed\nhint: what to do\ncause: below\n',
  );
});

test.each([
  ['without a cause', undefined, ''],
  ['with a cause that is no error', { code: 7 }, 'cause: {"code":7}\n'],
])('more is told where there is more: %s', (_, cause, expected) => {
  const error = new UserError('usage', 'what', { hint: 'do', cause });

  expect(errorReport(error, { paint: PLAIN, isVerbose: true, columns: null })).toBe(
    `error: what\nhint: do\n${expected}`,
  );
});

test.each([
  ['an error', new TypeError('x is not a function')],
  ['something else that was thrown', 'x is not a function'],
])('anything else is a bug of ours, and says so: %s', (_, thrown) => {
  const report = errorReport(thrown, { paint: PLAIN, isVerbose: false, columns: null });

  expect(report).toBe(
    'error: this is a bug in codearts-hooks: x is not a function\nhint: run again with --verbose and report it\n',
  );
  expect(errorReport(thrown, { paint: PLAIN, isVerbose: true, columns: null })).toContain('    at ');
});

test('no report shows a secret', () => {
  const secret = 'S3CR-canary';
  const error = new UserError('git-failed', `fatal: https://u:${secret}@host/r.git`, {
    hint: `X-Auth-Token: ${secret}`,
    cause: new Error(`authorization: Basic ${secret}`),
  });

  expect(errorReport(error, { paint: PLAIN, isVerbose: true, columns: null })).not.toContain(secret);
  expect(
    errorReport(new Error(`token ${error.message}`), { paint: PLAIN, isVerbose: true, columns: null }),
  ).not.toContain(secret);
});

test('a secret stays hidden where a terminal would break it, however wide it is', () => {
  const secret = 'S3CR-canary with-a-blank-and-something-long-behind-it';
  hideSecret(secret);
  const message = `these headers, authorization: Basic c2VjcmV0OnNlY3JldA== of https://me:pass-w0rd@host/r.git ${secret}`;
  const error = new UserError('git-failed', message, { hint: 'what to do' });

  for (let columns = 10; columns <= 200; columns += 1) {
    const report = errorReport(error, { paint: PLAIN, isVerbose: true, columns }).replaceAll(/\n */g, '');
    expect(report, String(columns)).not.toMatch(/S3CR|canary|blank|behind|c2Vj|pass-w0rd/);
  }
});

test('what fits, and a path that is longer than a line, are left as they are', () => {
  const message =
    'two lines:\n    {\n      "a": 1\n    }\n  /a/path/that/is/longer/than/a/line/of/this/terminal is not there';
  const error = new UserError('usage', message, { hint: 'do' });

  expect(errorReport(error, { paint: PLAIN, isVerbose: false, columns: 30 })).toBe(
    `error: ${message}\nhint: do\n`,
  );
});

test('JSON for a terminal is the same value, with nothing in it that does something', () => {
  const value = { message: 'a\u001b[2J\u009b\u202e\u2066\u007fb 中文 😀', ref: 'x\udcff' };

  const text = screenJson(value);

  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain(String.raw`a\u001b[2J\u009b\u202e\u2066\u007fb 中文 😀`);
  expect(text).toContain(String.raw`x\udcff`);
});

test('an error is wrapped to the terminal where words end, and its hint stays whole', () => {
  const error = new UserError('usage', 'no job of the project is called shop-cy\nand none is like it', {
    hint: 'codearts-hooks init --region cn-north-4 --job shop-ci',
  });

  expect(errorReport(error, { paint: PLAIN, isVerbose: false, columns: 30 })).toBe(
    'error: no job of the project\n  is called shop-cy\nand none is like it\n' +
      'hint: codearts-hooks init --region cn-north-4 --job shop-ci\n',
  );
});

test.each([
  ['the message', new UserError('usage', 'a\u001b]0;pwn\u0007\r\nb\nc\u202e', { hint: 'd' })],
  ['the hint', new UserError('usage', 'x', { hint: 'one of ci\u001b[2J' })],
  ['the cause', new UserError('usage', 'x', { hint: 'y', cause: new Error('\u001b[2J') })],
  ['a bug', new Error('\u009b2J')],
])('an error report lets no control character of %s through', (_, error) => {
  const report = errorReport(error, { paint: PLAIN, isVerbose: true, columns: 80 });

  // oxlint-disable-next-line no-control-regex -- that is what must not come through
  expect(report).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
});

test('an error report keeps the lines of a message', () => {
  const error = new UserError('usage', 'one\r\n  two\nthree', { hint: 'x' });

  expect(errorReport(error, { paint: PLAIN, isVerbose: false, columns: null })).toBe(
    'error: one\n  two\nthree\nhint: x\n',
  );
});

test.each([
  ["error: unknown option '--sk=S3CRET'\n", "error: unknown option '--sk=…'\n"],
  ["error: unknown option '--sk=S3'C\nRET'\n", "error: unknown option '--sk=…'\n"],
  ["error: unknown option '--sk S3CRET'", "error: unknown option '--sk …'"],
  [
    "error: unknown option '--kz=S3CRET'\n(Did you mean --ak?)\n",
    "error: unknown option '--kz=…'\n(Did you mean --ak?)\n",
  ],
  ["error: unknown option '--jsno'\n", "error: unknown option '--jsno'\n"],
])('the value of an option that is not known is not repeated: %j', (said, shown) => {
  expect(parserText(said)).toBe(shown);
});
