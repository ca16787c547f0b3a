import { expect, test } from 'vitest';
import { kindOf } from '../../src/event/kind.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';
import { makeRepo } from '../fixtures/repo.ts';

test('what happened to a ref is told from its two values', async () => {
  const { commit, git, product } = await makeRepo();
  const one = await commit('one');
  const two = await commit('two');
  await git(['checkout', '--quiet', '--orphan', 'elsewhere']);
  const elsewhere = await commit('elsewhere');

  expect(await kindOf(ZERO_OID, one, product)).toBe('created');
  expect(await kindOf(one, ZERO_OID, product)).toBe('deleted');
  expect(await kindOf(one, two, product)).toBe('updated');
  expect(await kindOf(two, one, product)).toBe('forced');
  expect(await kindOf(two, elsewhere, product)).toBe('forced');
  expect(await kindOf(oidOf('b'), two, product)).toBe('forced');
});

test('a tag that moves forward is updated, also when it is annotated', async () => {
  const { commit, git, product, revision } = await makeRepo();
  const one = await commit('one');
  await commit('two');
  await git(['tag', '-a', '-m', 'x', 'v1']);

  expect(await kindOf(one, await revision('v1'), product)).toBe('updated');
});

test('a replaced commit does not change what happened', async () => {
  const { commit, git, product } = await makeRepo();
  const one = await commit('one');
  const two = await commit('two');
  await git(['replace', '--graft', two]);

  expect(await kindOf(one, two, product)).toBe('updated');
});
