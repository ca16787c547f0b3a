import { expect, test } from 'vitest';
import { decodeBytes, toUnicode } from '../../src/core/bytes.ts';

test.each([
  ['ASCII', [0x61], 'a'],
  ['nothing', [], ''],
  ['two to four bytes a character', [...Buffer.from('é中😀')], 'é中😀'],
  ['a byte order mark', [0xef, 0xbb, 0xbf], '\ufeff'],
  ['a lone byte', [0x61, 0xff, 0x62], 'a\udcffb'],
  ['half a character', [0xe4, 0xb8, 0x61], '\udce4\udcb8a'],
  ['a surrogate', [0xed, 0xa0, 0x80], '\udced\udca0\udc80'],
  ['a character written too long', [0xc0, 0xaf], '\udcc0\udcaf'],
  ['what is beyond Unicode', [0xf5, 0x80, 0x80, 0x80], '\udcf5\udc80\udc80\udc80'],
  ['good beside bad', [...Buffer.from('中'), 0xfe, ...Buffer.from('😀\n')], '中\udcfe😀\n'],
])('bytes of %s are told apart from all others', (_, bytes, text) => {
  expect(decodeBytes(Buffer.from(bytes))).toBe(text);
  expect(JSON.parse(JSON.stringify(text))).toBe(text);
});

test.each([
  ['plain', 'plain'],
  ['中😀', '中😀'],
  ['a\udcff', 'a\ufffd'],
  ['\ud83d', '\ufffd'],
])('%j for others is %j', (text, unicode) => {
  expect(toUnicode(text)).toBe(unicode);
});
