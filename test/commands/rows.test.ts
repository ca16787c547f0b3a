import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../src/commands/rows.ts';
import { until } from '../fixtures/run.ts';
import { test } from '../fixtures/world.ts';

test('a ref whose build has started is not listed a second time while another of its push is open', async ({
  world,
}) => {
  const folder = join(world.env['HOME'] ?? '', '.config', 'codearts-hooks');
  await mkdir(folder, { recursive: true });
  // A tag leaves no trace here: without asking the remote nobody can tell.
  await writeFile(join(folder, 'config.json'), '{"verify-remote": "never"}');
  await world.commit('one');
  await world.git(['tag', 'v1']);

  await world.git(['push', '--quiet', 'origin', 'main', 'v1']);
  await until('the build', async () => world.triggers().length > 0);
  const rows = await until('the end of the attempt', async () => {
    const found = JSON.parse((await world.cli(['history', '--json'])).stdout) as HistoryRow[];
    return found.every(({ state }) => state === 'delivered' || state === 'unconfirmed') && found;
  });

  expect(rows.map(({ ref, state }) => `${ref} ${state}`).sort()).toEqual([
    'refs/heads/main delivered',
    'refs/tags/v1 unconfirmed',
  ]);
  await writeFile(join(folder, 'config.json'), '{}');
  await world.cli(['flush']);
});
