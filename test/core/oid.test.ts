import { expect, test } from 'vitest';
import { isZeroOid, parseOid, zeroLike } from '../../src/core/oid.ts';
import { oid } from '../fixtures/oid.ts';

const SHA1 = 'a1'.repeat(20);
const SHA256 = 'a1'.repeat(32);

test.each([
  ['a SHA-1 name', SHA1],
  ['a SHA-256 name', SHA256],
  ['zeroes', '0'.repeat(40)],
])('%s is an object name', (_, text) => {
  expect(parseOid(text)).toBe(text);
});

test.each([
  ['nothing', ''],
  ['an abbreviation', 'a1b2c3d'],
  ['39 digits', SHA1.slice(1)],
  ['41 digits', `${SHA1}a`],
  ['63 digits', SHA256.slice(1)],
  ['upper case', SHA1.toUpperCase()],
  ['a letter that is no hex digit', `g${SHA1.slice(1)}`],
  ['a line end', `${SHA1}\n`],
  ['a space in front', ` ${SHA1}`],
  ['a symbolic value', 'ref:refs/heads/main'],
  ['an option', `--output=${SHA1}`],
])('%s is no object name', (_, text) => {
  expect(parseOid(text)).toBeNull();
});

test.each([
  ['0'.repeat(40), true],
  ['0'.repeat(64), true],
  [`${'0'.repeat(39)}1`, false],
  [SHA1, false],
])('%s says "no such object": %s', (text, expected) => {
  expect(isZeroOid(oid(text))).toBe(expected);
});

test.each([
  [SHA1, '0'.repeat(40)],
  [SHA256, '0'.repeat(64)],
])('zeroes are as long as the hash they stand for: %s', (text, expected) => {
  expect(zeroLike(oid(text))).toBe(expected);
});
