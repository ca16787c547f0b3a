import { expect, test } from 'vitest';
import { executeOrder } from '../../src/event/execute.ts';
import { oid, oidOf } from '../fixtures/oid.ts';

const AFTER = oidOf('a');

test.each([
  ['refs/heads/main', AFTER, { build_type: 'commitId', branch: 'main', build_commit_id: AFTER }],
  ['refs/heads/a/b', AFTER, { build_type: 'commitId', branch: 'a/b', build_commit_id: AFTER }],
  ['refs/heads/--output=x', AFTER, { build_type: 'commitId', branch: '--output=x', build_commit_id: AFTER }],
  ['refs/for/main', AFTER, { build_type: 'commitId', branch: 'refs/for/main', build_commit_id: AFTER }],
  ['refs/tags/v1', AFTER, { build_type: 'tag', build_tag: 'v1' }],
  ['refs/heads/main', oid('a'.repeat(64)), { build_type: 'branch', branch: 'main' }],
  ['refs/tags/v1', oid('a'.repeat(64)), { build_type: 'tag', build_tag: 'v1' }],
])('a push of %s at %s is to build that', (ref, after, scm) => {
  expect(executeOrder({ ref, after }, {}, (text) => text)).toEqual({ parameter: [], scm });
});

test('parameters are filled in, in their order', () => {
  const order = executeOrder(
    { ref: 'refs/heads/main', after: AFTER },
    { b: '1', a: '' },
    (text) => `<${text}>`,
  );

  expect(order.parameter).toEqual([
    { name: 'b', value: '<1>' },
    { name: 'a', value: '<>' },
  ]);
});
