import { expect, test } from 'vitest';
import { checkMessage } from '../../src/rules/skip-markers.ts';

const MARKERS = ['[skip ci]', '[no ci]'];

test.each([
  ['fix: a thing', null],
  ['fix: a thing [skip ci]', 0],
  ['[SKIP CI] fix', 0],
  ['fix\n\nlong text\n[no ci]\n', 1],
  ['skip ci', null],
  ['[skip  ci]', null],
  ['[no ci] and [skip ci]', 0],
  ['', null],
])('the message %j has the marker or has none', (message, index) => {
  expect(checkMessage(MARKERS, message)).toMatchObject({
    key: 'skip-markers',
    index,
    isPassed: index === null,
  });
});

test('without markers nothing is skipped', () => {
  expect(checkMessage([], '[skip ci]').isPassed).toBe(true);
});
