import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../src/commands/rows.ts';
import { listSlips } from '../../src/spool/shelves.ts';
import { until } from '../fixtures/run.ts';
import { test } from '../fixtures/world.ts';
import { IS_FULL } from './tiers.ts';

const REFS = IS_FULL ? 2000 : 200;
const CAP = 20;

test(
  `${REFS} refs in one push are all kept, and no more are built than the cap says`,
  async ({ world }) => {
    await world.commit('one');
    const names = Array.from({ length: REFS }, (_, index) => `refs/heads/b${index}`);
    const stdin = names.map((name) => `create ${name} HEAD\n`).join('');
    await world.git(['update-ref', '--stdin'], { stdin });

    await world.git(['push', '--quiet', 'origin', 'refs/heads/b*:refs/heads/b*']);
    const spool = { root: join(world.dir, '.git', 'codearts-hooks') };
    await until('all to be queued', async () => (await listSlips(spool)).length >= REFS, 20 * 60_000);
    await world.settled();

    const { stdout } = await world.cli(['history', '--json', '-n', String(REFS * 2)]);
    const rows = JSON.parse(stdout) as HistoryRow[];
    expect(rows.filter(({ state }) => state === 'delivered')).toHaveLength(CAP);
    expect(rows.filter(({ state }) => state === 'held')).toHaveLength(REFS - CAP);
    expect(new Set(world.triggers().map(({ ref }) => ref)).size).toBe(CAP);
  },
  30 * 60_000,
);
