import { expect, test } from 'vitest';
import { type StormOptions, storm } from './storm.ts';
import { IS_FULL } from './tiers.ts';

const SIZE: Pick<StormOptions, 'branches' | 'updatesPerBranch' | 'flushers'> = IS_FULL
  ? { branches: 25, updatesPerBranch: 4, flushers: 25 }
  : { branches: 6, updatesPerBranch: 3, flushers: 4 };

/** A tenth each of: not taken, cut before the answer, built and cut. */
const ROUGH: StormOptions['faults'] = [
  [0.1, { kind: 'unavailable' }],
  [0.1, { kind: 'reset-before-reply' }],
  [0.1, { kind: 'lost-reply' }],
];

test.each(IS_FULL ? [1, 2, 3, 4, 5] : [1])(
  'many that write and deliver at once, killed at random, against a rough service: all built once and in order (%i)',
  async (round) => {
    const wreckage = await storm({ ...SIZE, crashChance: 0.004, faults: ROUGH });

    process.stdout.write(`storm ${round}: ${JSON.stringify(wreckage)}\n`);
    expect(wreckage).toMatchObject({
      accepted: SIZE.branches * SIZE.updatesPerBranch,
      lost: 0,
      doubled: 0,
      outOfOrder: 0,
    });
  },
  30 * 60_000,
);

test(
  'where the build history may not be read nothing is lost, and a build may be doubled',
  async () => {
    const wreckage = await storm({
      ...SIZE,
      crashChance: 0,
      faults: [[0.2, { kind: 'lost-reply' }]],
      historyAccess: 'forbidden',
    });

    process.stdout.write(`without the history: ${JSON.stringify(wreckage)}\n`);
    expect(wreckage).toMatchObject({ lost: 0 });
    if (IS_FULL) expect(wreckage.doubled).toBeGreaterThan(0);
  },
  30 * 60_000,
);

test.runIf(IS_FULL)(
  'with a fifth of the answers lost, the build history keeps every build from being doubled',
  async () => {
    const wreckage = await storm({ ...SIZE, crashChance: 0, faults: [[0.2, { kind: 'lost-reply' }]] });

    process.stdout.write(`a fifth lost: ${JSON.stringify(wreckage)}\n`);
    expect(wreckage).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0 });
  },
  30 * 60_000,
);
