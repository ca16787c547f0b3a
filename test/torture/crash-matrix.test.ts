import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { IS_FULL, trials } from './tiers.ts';
import { pushTwice } from './twice-pushed.ts';

test(
  'a runner that is killed at any checkpoint loses nothing, doubles nothing and keeps the order',
  async () => {
    const steps = await trials(17, async (n) => {
      return await pushTwice({ CODEARTS_HOOKS_CRASH_AT: String(n) }, async (world) => {
        const queue = await readdir(join(world.dir, '.git', 'codearts-hooks', 'q'));
        expect(queue.filter((name) => !name.startsWith('.'))).toEqual([]);
      });
    });

    process.stdout.write(`killed at ${steps.length} checkpoints, the last was ${steps.at(-1)}\n`);
    expect(steps.length).toBeGreaterThan(IS_FULL ? 60 : 4);
  },
  30 * 60_000,
);
