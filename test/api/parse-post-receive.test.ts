import { expect, test } from 'vitest';
import { parsePostReceive } from '../../src/api/index.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

test('each line is an update, in git’s order; a name may hold anything', () => {
  expect(parsePostReceive(`${A} ${B} refs/heads/main\n${B} ${A} refs/heads/名 前\n`)).toEqual([
    { ref: 'refs/heads/main', before: A, after: B },
    { ref: 'refs/heads/名 前', before: B, after: A },
  ]);
});

test('no input is no update', () => {
  expect(parsePostReceive('')).toEqual([]);
});

test.each([`${A} refs/heads/main`, `${A} ${B} main`, `${A} ${B.slice(1)} refs/heads/main`, 'x'])(
  'the line %j is refused',
  (line) => {
    expect(() => parsePostReceive(`${A} ${B} refs/heads/main\n${line}\n`)).toThrow(SyntaxError);
  },
);
