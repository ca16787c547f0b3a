import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../src/commands/rows.ts';
import { noteNames } from '../../src/push/notes.ts';
import { until } from '../fixtures/run.ts';
import { type World, test } from '../fixtures/world.ts';

const HOUR_MS = 3_600_000;

/** Nobody can tell what became of a tag when the remote may not be asked. */
async function neverAsk(world: World): Promise<void> {
  const folder = join(world.env['HOME'] ?? '', '.config', 'codearts-hooks');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), '{"verify-remote": "never"}');
}

/** Pushes a tag `hours` ago, as far as the note tells. */
async function openPush(world: World, hours: number): Promise<void> {
  const notes = join(world.dir, '.git', 'codearts-hooks', 'notes');
  await world.git(['tag', 'v1']);
  await world.git(['push', '--quiet', 'origin', 'v1']);
  const [name = ''] = await until('the note', async () => {
    const names = await noteNames(notes);
    return names.length > 0 && (await readdir(notes)).includes(`${names[0]}.watch`) && names;
  });
  const then = (Date.now() - hours * HOUR_MS) / 1000;
  await utimes(join(notes, name), then, then);
}

async function historyOf(world: World): Promise<HistoryRow[]> {
  return JSON.parse((await world.cli(['history', '--json'])).stdout) as HistoryRow[];
}

test('a push that nobody could confirm for 72 hours expires, is told of once, and starts nothing', async ({
  world,
}) => {
  await neverAsk(world);
  await openPush(world, 73);

  await world.cli(['flush'], { mayFail: true });
  await world.cli(['flush'], { mayFail: true });

  expect(await historyOf(world)).toMatchObject([
    {
      ref: 'refs/tags/v1',
      state: 'expired',
      reason: expect.stringMatching(/^never confirmed: .*verify-remote/),
    },
  ]);
  expect(world.sandbox.requests()).toEqual([]);
});

test('a push that nobody could confirm for 71 hours is still waited for', async ({ world }) => {
  await neverAsk(world);
  await openPush(world, 71);

  const { exitCode } = await world.cli(['flush'], { mayFail: true });

  expect(exitCode).toBe(8);
  expect(await historyOf(world)).toMatchObject([{ ref: 'refs/tags/v1', state: 'unconfirmed' }]);
  await writeFile(join(world.env['HOME'] ?? '', '.config', 'codearts-hooks', 'config.json'), '{}');
  await world.cli(['flush']);
  expect(await historyOf(world)).toMatchObject([{ ref: 'refs/tags/v1', state: 'skipped' }]);
});
