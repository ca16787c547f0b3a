import * as fc from 'fast-check';
import { visit } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { DEEPEST, tooDeepAt } from '../../src/core/nesting.ts';

const [OPEN, CLOSE] = ['['.repeat(DEEPEST), ']'.repeat(DEEPEST)];

test.each([
  ['nothing', '', null],
  ['no more than is allowed', `${OPEN}${CLOSE}`, null],
  ['that side by side', `[${`${OPEN.slice(1)}${CLOSE.slice(1)},`.repeat(3)}0]`, null],
  ['one level more', `${OPEN}{}${CLOSE}`, DEEPEST],
  ['one level more, on another line', `[\n${OPEN}`, DEEPEST + 1],
  ['brackets in a string', `"${OPEN}["`, null],
  ['brackets in a string without an end', `"${OPEN}[`, null],
  ['brackets in a string after a quote', String.raw`"\"${OPEN}["`, null],
  ['brackets after a string that ends with a backslash', String.raw`"\\"${OPEN}[`, 4 + DEEPEST],
  ['brackets after a string without an end', `"\n${OPEN}[`, 2 + DEEPEST],
  ['brackets in a comment', `/*${OPEN}[*/ //${OPEN}[`, null],
  ['brackets after a quote in a comment', `/*"*/${OPEN}[`, 5 + DEEPEST],
  ['brackets on the line after a comment', `//"\r${OPEN}[`, 4 + DEEPEST],
  ['brackets in a comment without an end', `/*${OPEN}[`, null],
  ['brackets after a slash', `/${OPEN}[`, 1 + DEEPEST],
  ['brackets that are closed by others', '[}'.repeat(DEEPEST + 1), 2 * DEEPEST],
  ['a million of them', '['.repeat(1_000_000), DEEPEST],
])('of %s it is told whether it is nested too deep, and where', (_, text, expected) => {
  expect(tooDeepAt(text)).toBe(expected);
});

/** How deep the parser goes in a text, whatever is wrong with it. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  const begin = (): void => {
    depth += 1;
    deepest = Math.max(deepest, depth);
  };
  const end = (): void => {
    depth -= 1;
  };
  visit(text, { onArrayBegin: begin, onObjectBegin: begin, onArrayEnd: end, onObjectEnd: end });
  return deepest;
}

test('whatever makes the parser go too deep is found', () => {
  const part = fc
    .array(
      fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom('[', '{"a":', '{"a":[', '[{', ']', '}', ',') },
        { weight: 2, arbitrary: fc.constantFrom('"', '\\', '\n', '\r', '/', '*', '/*', '*/', '//', ':') },
        { weight: 1, arbitrary: fc.constantFrom('a', '0', ' ', '\\u00', '\u2028', '"x"', 'null', '-') },
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.join(''));
  let deep = 0;

  fc.assert(
    fc.property(part, part, (before, repeated) => {
      const text = before + `[${repeated}`.repeat(2 * DEEPEST);
      if (depthOf(text) <= DEEPEST) return;
      deep += 1;
      expect(tooDeepAt(text)).not.toBeNull();
    }),
    { numRuns: 3000 },
  );

  expect(deep).toBeGreaterThan(200);
});
