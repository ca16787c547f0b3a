import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hideEscaped } from '../../src/core/hide-escaped.ts';
import { redact } from '../../src/core/redact.ts';

const SECRET = `S3/c+r=e&t"<é>'x`;

/** The text with the signs that `wanted` has in it escaped by `how`. */
function escape(text: string, wanted: RegExp, how: (code: number) => string): string {
  return text.replaceAll(wanted, (sign) => how(sign.charCodeAt(0)));
}

const HEX = (code: number, digits = 2): string => code.toString(16).padStart(digits, '0');
const SIGNS = /[^a-z0-9é]/gi;
const WRAPPED = Buffer.from(`user:${SECRET.repeat(12)}`)
  .toString('base64')
  .replaceAll(/.{76}/g, '$&\r\n');

test.each([
  ['in upper-case hexadecimal digits', Buffer.from(SECRET).toString('hex').toUpperCase()],
  ['in a URL', encodeURIComponent(SECRET)],
  ['in a URL in a URL', encodeURIComponent(encodeURIComponent(SECRET))],
  ['in a URL, with one sign escaped', SECRET.replace('+', '%2b')],
  ['in a URL in JSON', JSON.stringify(encodeURI(SECRET)).slice(1, -1)],
  ['in HTML, by name', SECRET.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')],
  ['in HTML, by number', escape(SECRET, SIGNS, (code) => `&#${code};`)],
  ['in HTML, by hexadecimal number', escape(SECRET, SIGNS, (code) => `&#x${HEX(code).toUpperCase()};`)],
  ['in HTML, with one sign escaped', SECRET.replace('+', '&plus;')],
  ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
  ['in JSON, with its slashes escaped', SECRET.replaceAll('/', String.raw`\/`)],
  ['in JSON, with its signs escaped', escape(SECRET, /[^a-z0-9]/gi, (code) => `\\u${HEX(code, 4)}`)],
  ['in JSON in JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
  ['in JSON in HTML', JSON.stringify(SECRET).slice(1, -1).replaceAll('"', '&quot;')],
  ['as a string of JavaScript', escape(SECRET, SIGNS, (code) => `\\x${HEX(code)}`)],
  ['wrapped over lines', `${SECRET.slice(0, 5)}\n    ${SECRET.slice(5)}`],
])('a secret that is %s is hidden', (_, shown) => {
  expect(redact(`before ${shown} after`, [SECRET])).toBe('before [redacted] after');
});

test.each([
  ['on lines', WRAPPED],
  ['on lines, in JSON', JSON.stringify(WRAPPED)],
  ['on lines, in a URL', encodeURIComponent(WRAPPED)],
])('a secret in base64 that is wrapped %s is hidden', (_, shown) => {
  const left = redact(shown, [SECRET.repeat(12)]);

  expect(left).toContain('[redacted]');
  expect(left.length).toBeLessThan(40);
});

test('of two that overlap, and of one in several ways, nothing is left', () => {
  expect(hideEscaped('x abc%2Bdef%67hi x', ['abc+def', 'defghi'], '*')).toBe('x * x');
  expect(hideEscaped('abc%2Bd abc%252Bd abc+d\nabc&#43;d', ['abc+d'], '*')).toBe('* * abc+d\n*');
});

test.each([
  ['a percent sign that escapes nothing', 'at 100%, 5 %2x %c0%80 %ed%a0%80 &#x110000; &#9999999; &nosuch;'],
  ['backslashes', String.raw`C:\Users\new\u00`],
  ['lines', 'one\n  two\r\nthree'],
  ['escapes', 'a%20b &amp; c \\" d'],
])('a text with %s that holds no secret stays as it is', (_, text) => {
  expect(hideEscaped(text, ['secret'], '*')).toBe(text);
  expect(hideEscaped(`${text} se%63ret ${text}`, ['secret'], '*')).toBe(`${text} * ${text}`);
});

test('a secret that is a word of the mark itself does not hide the mark', () => {
  expect(redact('a%20b redacted', ['redacted'])).toBe('a%20b [redacted]');
});

test('what is around a secret stays, however the text is escaped', () => {
  const coding = fc.constantFrom(
    (text: string) => encodeURIComponent(text),
    (text: string) => JSON.stringify(text).slice(1, -1),
    (text: string) => escape(text, SIGNS, (code) => `&#${code};`),
  );
  const around = fc
    .string({ maxLength: 20, unit: 'grapheme' })
    .filter((text) => !/\p{Surrogate}/u.test(text));

  fc.assert(
    fc.property(around, around, coding, coding, (before, after, inner, outer) => {
      const shown = (text: string): string => outer(inner(text));
      const [left, right] = [shown(before), shown(after)];

      expect(hideEscaped(`${left} ${shown(SECRET)} ${right}`, [SECRET], '*')).toBe(`${left} * ${right}`);
    }),
    { numRuns: 1000 },
  );
});

test('a text full of secrets is cleaned in no time', () => {
  const startedAt = performance.now();

  expect(hideEscaped('abc%252Bd '.repeat(20_000), ['abc+d'], '*')).toBe('* '.repeat(20_000));
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
