import { expect, test } from 'vitest';
import { cutUtf8 } from '../../src/event/cut-utf8.ts';

test.each([
  ['abc', 3, 'abc'],
  ['abc', 2, 'ab'],
  ['abc', 0, ''],
  ['', 5, ''],
  ['中文', 6, '中文'],
  ['中文', 5, '中'],
  ['中文', 4, '中'],
  ['中文', 3, '中'],
  ['中文', 2, ''],
  ['中文', 1, ''],
  ['é', 1, ''],
  ['aé', 2, 'a'],
  ['😀😀', 8, '😀😀'],
  ['😀😀', 7, '😀'],
  ['😀😀', 6, '😀'],
  ['😀😀', 5, '😀'],
  ['😀😀', 4, '😀'],
  ['😀😀', 3, ''],
  ['a😀', 4, 'a'],
])('%j in %i bytes is %j', (text, limit, expected) => {
  expect(cutUtf8(text, limit)).toBe(expected);
});

test('whatever the text and the limit, the cut is its beginning and no longer than asked for', () => {
  const text = 'a中é😀'.repeat(5);
  for (let limit = 0; limit <= Buffer.byteLength(text); limit += 1) {
    const cut = cutUtf8(text, limit);

    expect(text.startsWith(cut)).toBe(true);
    expect(Buffer.byteLength(cut)).toBeGreaterThan(limit - 4);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
  }
});
