import { expect, test } from 'vitest';
import { decodeMessage } from '../../src/event/decode-message.ts';

const GBK = [0xd6, 0xd0, 0xce, 0xc4]; // 中文

test.each([
  ['ASCII', [0x61], 'a', 'utf-8'],
  ['nothing', [], '', 'utf-8'],
  ['UTF-8', [...Buffer.from('中文 😀')], '中文 😀', 'utf-8'],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa', 'utf-8'],
  ['GBK', GBK, '中文', 'gb18030'],
  ['four bytes of GB18030', [0x94, 0x39, 0xda, 0x33], '💩', 'gb18030'],
  ['neither', [0x61, 0xff, 0x62], 'a\ufffdb', 'lossy'],
  ['half a character at the end', [0x61, 0xe4], 'a\ufffd', 'lossy'],
])('bytes of %s are read', (_, bytes, text, as) => {
  expect(decodeMessage(Buffer.from(bytes), false)).toEqual({ text, as });
});

test.each([
  ['UTF-8', [...Buffer.from('a中').subarray(0, 3)], 'a', 'utf-8'],
  ['UTF-8', [...Buffer.from('a😀').subarray(0, 4)], 'a', 'utf-8'],
  ['GBK', GBK.slice(0, 3), '中', 'gb18030'],
])('a message of %s that was cut within a character ends before it', (_, bytes, text, as) => {
  expect(decodeMessage(Buffer.from(bytes), true)).toEqual({ text, as });
});
