import { mkdir, readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { JOB, makeWorld, test } from '../fixtures/world.ts';
import { settledHistory } from './history.ts';

test('row 42: of 2,000 refs in one push the rules are asked first, and nothing else is done for the others', async () => {
  const world = await makeWorld({ jobs: [{ ...JOB, branches: ['main'], tags: ['v1999', 'v1998'] }] });
  try {
    const after = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
    const lines = Array.from({ length: 2000 }, (_, index) => `create refs/tags/v${index} ${after}\n`);
    await world.git(['update-ref', '--stdin'], { stdin: lines.join('') });

    await world.git(['push', '--quiet', '--tags', 'origin']);
    const rows = await settledHistory(world);

    expect(rows).toHaveLength(2000);
    expect(rows.filter(({ state }) => state === 'skipped')).toHaveLength(1998);
    expect(
      world
        .triggers()
        .map(({ ref }) => ref)
        .toSorted(),
    ).toEqual(['refs/tags/v1998', 'refs/tags/v1999']);
  } finally {
    await world.close();
  }
});

test('row 49: rubbish in the queue stops nothing, and is kept for a human', async ({ world }) => {
  const queue = join(world.dir, '.git', 'codearts-hooks', 'q');
  await mkdir(queue, { recursive: true });
  await writeFile(join(queue, '00000001-0123456789ab'), 'rubbish');
  await writeFile(join(queue, '00000002-0123456789ac'), '{"v":2,"id":"0123456789ac","seq":2}');
  await writeFile(join(queue, '00000003-0123456789ad'), '');
  await truncate(join(queue, '00000003-0123456789ad'), 1_000_000_000);
  const after = await world.commit('one');

  await world.git(['push', '--quiet', 'origin', 'main']);

  expect((await settledHistory(world)).at(-1)).toMatchObject({ state: 'delivered', after });
  const bad = join(world.dir, '.git', 'codearts-hooks', 'bad');
  expect(await readFile(join(bad, '00000001-0123456789ab'), 'utf8')).toBe('rubbish');
  expect((await readdir(queue)).filter((name) => name.startsWith('00000001'))).toEqual([]);
});

test('row 50: uninstall does not drop what was not delivered, unless it is told to', async ({ world }) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  await world.commit('one');
  await world.git(['push', '--quiet', 'origin', 'main'], { env });
  await world.settled();

  const asked = await world.cli(['uninstall'], { env, mayFail: true });
  const held = await settledHistory(world);
  const forced = await world.cli(['uninstall', '--force'], { env });

  expect(asked.exitCode).not.toBe(0);
  expect(held).toMatchObject([{ state: 'held' }]);
  expect(`${forced.stdout}${forced.stderr}`).toMatch(/main/);
  await expect(readdir(join(world.dir, '.git', 'codearts-hooks'))).rejects.toMatchObject({ code: 'ENOENT' });
});
