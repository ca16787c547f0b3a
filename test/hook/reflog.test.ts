import { expect, test } from 'vitest';
import { parseReflogLine } from '../../src/hook/reflog.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const WHO = 'Dev <dev@example.com>';

test.each([
  ['a push', `${A} ${B} ${WHO} 1767225600 +0000\tupdate by push`, 1_767_225_600, true],
  ['a fetch', `${A} ${B} ${WHO} 1 +0800\tfetch origin: fast-forward`, 1, false],
  ['no message', `${A} ${B} ${WHO} 7 -0330`, 7, false],
  ['an empty message', `${A} ${B} ${WHO} 7 -0330\t`, 7, false],
  ['a name like an entry', `${A} ${B} ${A} ${B} 5 +0000 <x> 7 +0000\tupdate by push`, 7, true],
  ['a name in Chinese', `${A} ${B} 王 <w@example.cn> 7 +0800\tupdate by push`, 7, true],
  ['an empty name', `${A} ${B}  <> 7 +0000\tupdate by push`, 7, true],
  ['a message with more in it', `${A} ${B} ${WHO} 7 +0000\tupdate by push force`, 7, false],
  ['a message that looks like an entry', `${A} ${B} ${WHO} 7 +0000\tfetch x> 5 +0000`, 7, false],
  ['a message that forges a push', `${A} ${B} ${WHO} 7 +0000\tfetch x> 5 +0000\tupdate by push`, 7, false],
])('a line of the log with %s is read', (_, line, seconds, isPush) => {
  expect(parseReflogLine(line)).toEqual({ before: A, after: B, seconds, isPush });
});

test.each([
  ['nothing', ''],
  ['a cut line', `${A} ${B} Dev <dev@exam`],
  ['a cut time', `${A} ${B} ${WHO} 1767225600`],
  ['a cut value', `${A} ${B.slice(1)} ${WHO} 7 +0000\tupdate by push`],
  ['values of no hash', `${A}${A} ${B} ${WHO} 7 +0000\tupdate by push`],
  ['noise', '\0\0\0\0'],
])('a line of the log with %s is none', (_, line) => {
  expect(parseReflogLine(line)).toBeNull();
});
