import { expect, test } from 'vitest';
import { branchOf, shortRef, tagOf } from '../../src/core/ref.ts';

test.each([
  ['refs/heads/main', 'main', null, 'main'],
  ['refs/heads/a/b', 'a/b', null, 'a/b'],
  ['refs/heads/中文', '中文', null, '中文'],
  ['refs/heads/--output=pwn', '--output=pwn', null, '--output=pwn'],
  ['refs/heads/refs/tags/v1', 'refs/tags/v1', null, 'refs/tags/v1'],
  ['refs/heads/HEAD', 'HEAD', null, 'HEAD'],
  ['refs/tags/v1', null, 'v1', 'v1'],
  ['refs/tags/refs/heads/main', null, 'refs/heads/main', 'refs/heads/main'],
  ['refs/for/main', null, null, 'refs/for/main'],
  ['refs/headsx/main', null, null, 'refs/headsx/main'],
  ['refs/remotes/origin/main', null, null, 'refs/remotes/origin/main'],
  ['main', null, null, 'main'],
  ['', null, null, ''],
])('%s is the branch %s, the tag %s, and is called %s', (ref, branch, tag, short) => {
  expect([branchOf(ref), tagOf(ref), shortRef(ref)]).toEqual([branch, tag, short]);
});
