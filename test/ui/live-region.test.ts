import { expect, test } from 'vitest';
import { liveRegion } from '../../src/ui/live-region.ts';
import { durationWords } from '../../src/ui/duration.ts';
import { cutTo, widthOf, wrapTo } from '../../src/ui/width.ts';

const RED = '\u001b[31mred text\u001b[39m';

function terminal(columns = 20, rows = 10) {
  const written: string[] = [];
  const size = { columns, rows, write: (text: string) => void written.push(text) };
  return { size, region: liveRegion(size), last: () => written.at(-1) };
}

test('lines take the place of those before, what is printed stays above them', () => {
  const { region, last } = terminal();

  region.show(['one', 'two']);
  expect(last()).toBe('one\r\ntwo');
  region.show(['three']);
  expect(last()).toBe('\r\u001b[1A\u001b[Jthree');
  region.print('stays\n');
  expect(last()).toBe('\r\u001b[Jstays\nthree');
  region.clear();
  expect(last()).toBe('\r\u001b[J');
  region.clear();
  expect(last()).toBe('');
});

test('lines that a narrower terminal has wrapped are all taken away', () => {
  const { region, size, last } = terminal();
  region.show(['a'.repeat(19), 'b'.repeat(12)]);

  size.columns = 10;
  region.show(['c']);

  expect(last()).toBe('\r\u001b[3A\u001b[Jc');
});

test('lines are cut to the width, and no more are shown than there is room for', () => {
  const { region, last } = terminal(8, 3);

  region.show(['one', 'two', 'a long line', '中文中文']);

  expect(last()).toBe('a long…\r\n中文中…');
});

test.each([
  ['short', 10, 'short'],
  ['exactly', 7, 'exactly'],
  ['too long', 7, 'too lo…'],
  ['中文字', 5, '中文…'],
  ['中文字', 4, '中…'],
  [RED, 8, RED],
  [RED, 4, '\u001b[31mred…\u001b[39m'],
  ['abc', 1, '…'],
  ['abc', 0, ''],
])('%j in %i columns is %j', (text, columns, expected) => {
  expect(cutTo(text, columns)).toBe(expected);
  expect(widthOf(expected)).toBeLessThanOrEqual(Math.max(columns, 0));
});

test.each([
  ['a few words', 20, ['a few words']],
  ['a few words', 6, ['a few', 'words']],
  ['a/path/without/a/space and', 10, ['a/path/wit', 'hout/a/spa', 'ce and']],
  ['中文 中文', 4, ['中文', '中文']],
  ['由服务验证，不启动构建。', 11, ['由服务验', '证，不启动', '构建。']],
  ['运行 git push，然后跟踪（构建）', 12, ['运行 git', 'push，然后跟', '踪（构建）']],
  ['', 5, ['']],
])('%j is broken to %i columns', (text, columns, lines) => {
  expect(wrapTo(text, columns)).toEqual(lines);
});

test.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min 00 s'],
  [205_000, '3 min 25 s'],
  [3_600_000, '1 h 00 min'],
  [90_061_000, '25 h 01 min'],
])('%i ms are %s', (ms, expected) => {
  expect(durationWords(ms)).toBe(expected);
});
