import { expect } from 'vitest';
import { ZERO, test } from '../fixtures/world.ts';

test('a push of a branch starts one build with the old and the new value', async ({ world }) => {
  const before = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
  const after = await world.commit('one');

  await world.git(['push', 'origin', 'main']);
  await world.settled();

  expect(world.triggers()).toEqual([{ ref: 'refs/heads/main', before, after }]);
});

test('a new branch has zeroes as its old value and lists its own commits alone', async ({ world }) => {
  await world.git(['switch', '--quiet', '-c', 'topic']);
  const one = await world.commit('one');
  const two = await world.commit('two');

  await world.git(['push', '-u', 'origin', 'topic']);
  await world.settled();

  expect(world.triggers()).toEqual([{ ref: 'refs/heads/topic', before: ZERO, after: two }]);
  expect(world.sandbox.requests()[0]?.body).toMatchObject({
    event_type: 'push',
    commits: [
      { id: one, message: 'one' },
      { id: two, message: 'two' },
    ],
    repository: { name: 'remote' },
  });
});
