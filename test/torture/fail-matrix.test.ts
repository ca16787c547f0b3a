import { expect, test } from 'vitest';
import { IS_FULL, trials } from './tiers.ts';
import { pushTwice } from './twice-pushed.ts';

test.each(['ENOSPC', 'EROFS'])(
  'a run to which the disk says %s from any checkpoint on loses nothing and doubles nothing',
  async (failWith) => {
    const steps = await trials(25, async (n) => {
      return await pushTwice({
        CODEARTS_HOOKS_FAIL_AT: String(n),
        CODEARTS_HOOKS_FAIL_WITH: failWith,
      });
    });

    process.stdout.write(`${failWith} at ${steps.length} checkpoints, the last was ${steps.at(-1)}\n`);
    expect(steps.length).toBeGreaterThan(IS_FULL ? 60 : 2);
  },
  30 * 60_000,
);
