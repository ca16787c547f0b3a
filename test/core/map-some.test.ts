import { expect, test } from 'vitest';
import { mapSome } from '../../src/core/map-some.ts';

test('results come in the order of the items, however long each takes, and no more are worked on than may be', async () => {
  let busy = 0;
  let most = 0;
  const work = async (turns: number): Promise<string> => {
    busy += 1;
    most = Math.max(most, busy);
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    busy -= 1;
    return `${turns}`;
  };

  expect(await mapSome([9, 1, 5, 0, 3, 7], 3, work)).toEqual(['9', '1', '5', '0', '3', '7']);
  expect(most).toBe(3);
  expect(await mapSome([], 3, work)).toEqual([]);
});

test('a failure is told', async () => {
  const work = async (item: number): Promise<number> => {
    if (item === 2) throw new Error('no');
    return item;
  };

  await expect(mapSome([1, 2, 3], 2, work)).rejects.toThrow('no');
});
