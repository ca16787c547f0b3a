import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../src/commands/rows.ts';
import { test } from '../fixtures/world.ts';

const MAIN = 'refs/heads/main';

test('CODEARTS_HOOKS_DEBUG=1 has every step in the log, and no secret', async ({ world }) => {
  const after = await world.commit('a change');
  const env = { ...world.env, CODEARTS_HOOKS_DEBUG: '1' };
  await world.git(['push', '--quiet', 'origin', 'main'], { env });
  await world.settled();

  const log = await readFile(join(world.dir, '.git', 'codearts-hooks', 'log'), 'utf8');
  const [row] = JSON.parse((await world.cli(['history', '--json'])).stdout) as HistoryRow[];
  const lines = log
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\S+ /, ''));
  expect(lines).toEqual([
    expect.stringMatching(/^push \d+\.\d+ begins$/),
    expect.stringMatching(new RegExp(`^\\d+\\.\\d+ ${MAIN} ${after} accepted (?:transaction|reflog)$`)),
    `${row?.id} ${MAIN} ci queued: `,
    expect.stringMatching(/^push \d+\.\d+ ends after \d+ ms$/),
  ]);
  expect(log).not.toContain(world.env['CODEARTS_HOOKS_TOKEN']);
});
