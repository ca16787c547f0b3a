import { expect, test } from 'vitest';
import { cursorsAtEnd } from '../../src/push/cursors.ts';
import { makePushed } from '../fixtures/repo.ts';
import { MAIN, claim, push, sweep } from './sweeping.ts';

test('what another branch has logged after a push was over is a push of its own', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const over = Date.now() - 1;
  const after = await push(repo, 'origin', 'main:topic');
  const refused = (endedAt: number) => [claim(repo, repo.first, { startedAt: 0, endedAt })];

  const found = await sweep(repo, { ...cursors, claims: refused(over) });
  const within = await sweep(repo, { ...cursors, claims: refused(Date.now() + 1000) });

  expect(found.updates).toMatchObject([{ update: { ref: 'refs/heads/topic', after } }]);
  expect(within.updates).toEqual([]);
});

test('a push that was accepted without an entry explains one that another push has written since', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const after = await push(repo, 'origin', 'main');
  const killed = (until?: number) => [
    claim(repo, after, {
      endedAt: 1000,
      updates: [{ ...MAIN, after, ...(until === undefined ? {} : { until }) }],
    }),
  ];

  expect((await sweep(repo, { ...cursors, claims: killed() })).updates).toHaveLength(1);
  expect((await sweep(repo, { ...cursors, claims: killed(Date.now() + 1000) })).updates).toEqual([]);
});

test('what was pushed after the push that is being settled is told from what was before', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  const before = await push(repo, 'origin', 'main');
  const own = await push(repo, 'origin', 'main');
  const later = await push(repo, 'origin', 'main');
  const settled = claim(repo, own);

  const { updates } = await sweep(repo, { ...cursors, claims: [settled] }, { settled });

  expect(updates.map(({ update, isAfterSettled }) => [update.after, isAfterSettled])).toEqual([
    [before, false],
    [later, true],
  ]);
});

test('a push that is not settled puts off its own refs, and all of its remote until it is over', async () => {
  const repo = await makePushed();
  const cursors = await cursorsAtEnd(repo.gitDir);
  await push(repo, 'origin', 'main', 'main:topic');
  const found = async (endedAt: number | null): Promise<string[]> => {
    const open = [{ remote: 'origin', url: repo.remote, startedAt: 0, endedAt, refs: [MAIN.ref] }];
    return (await sweep(repo, cursors, { open })).updates.map(({ update }) => update.ref);
  };

  expect(await found(null)).toEqual([]);
  expect(await found(1)).toEqual(['refs/heads/topic']);
});
