import { expect, test } from 'vitest';
import { unescapeUrl } from '../../src/core/unescape-url.ts';

test.each([
  ['plain', 'plain'],
  ['a%20b%2Fc', 'a b/c'],
  ['%E4%B8%AD', '中'],
  ['100%', '100%'],
  ['%zz', '%zz'],
  ['%E4%B8', '%E4%B8'],
])('%s is %s', (text, plain) => {
  expect(unescapeUrl(text)).toBe(plain);
});
