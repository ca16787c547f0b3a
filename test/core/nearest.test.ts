import { expect, test } from 'vitest';
import { nearestTo } from '../../src/core/nearest.ts';

const COMMANDS = ['install', 'uninstall', 'status', 'stop', 'history'];

test.each([
  ['instal', 'install'],
  ['STATUS', 'status'],
  ['sotp', 'stop'],
  ['histroy', 'history'],
  ['unistall', 'uninstall'],
])('by %s, %s was probably meant', (word, meant) => {
  expect(nearestTo(word, COMMANDS)).toBe(meant);
});

test('what is near to nothing stands for nothing, and so does anything where nothing is known', () => {
  expect(nearestTo('deploy', COMMANDS)).toBeNull();
  expect(nearestTo('install', [])).toBeNull();
});

test('the longer a word, the more of it may be wrong', () => {
  expect(nearestTo('abcdxxx', ['abcdefg'])).toBeNull();
  expect(nearestTo('abcdefxxx', ['abcdefghi'])).toBe('abcdefghi');
});
