import { readdir } from 'node:fs/promises';
import { expect } from 'vitest';
import { test } from '../fixtures/world.ts';

test.for([
  [['--follow', '--html', 'page.html'], '--html and --follow contradict each other'],
  [['--json', '--html', 'page.html'], '--html and --json contradict each other'],
  [['--html', ''], '--html is empty'],
] as const)('history %j is a usage error', async ([args, words], { world }) => {
  const { exitCode, stdout, stderr } = await world.cli(['history', ...args], { mayFail: true });

  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(words);
  expect(await readdir(world.dir)).not.toContain('page.html');
});
