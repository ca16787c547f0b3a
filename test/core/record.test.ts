import { expect, test } from 'vitest';
import { isRecord, stringAt } from '../../src/core/record.ts';

test.each([
  [{}, true],
  [{ a: 1 }, true],
  [Object.create(null), true],
  [[], false],
  [null, false],
  [undefined, false],
  ['text', false],
  [1, false],
])('of the values that JSON can give, only an object is a record: %j', (value, expected) => {
  expect(isRecord(value)).toBe(expected);
});

test.each([
  [{ a: 'text' }, 'text'],
  [{ a: '' }, ''],
  [{ a: 1 }, null],
  [{ a: null }, null],
  [{ b: 'text' }, null],
  [['text'], null],
  [null, null],
  ['a', null],
])('a string is read from %j or nothing is', (value, expected) => {
  expect(stringAt(value, 'a')).toBe(expected);
});
