import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { scratchFolder } from '../fixtures/scratch.ts';
import { JOB, configText, test } from '../fixtures/world.ts';
import { GIT_OUTPUT, settledHistory } from './history.ts';

test('row 1: without any config a push is silent, and kept until there is one', async ({ world }) => {
  const after = await world.commit('one');
  await rm(join(world.dir, 'codearts-hooks.json'));

  const pushed = await world.git(['push', 'origin', 'main']);
  const held = await settledHistory(world);
  await writeFile(join(world.dir, 'codearts-hooks.json'), configText());
  await world.cli(['flush', '--wait', '20']);

  expect(pushed).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringMatching(GIT_OUTPUT) });
  expect(held).toMatchObject([{ state: 'held', job: null, reason: 'there is no codearts-hooks.json' }]);
  expect(world.triggers()).toMatchObject([{ after }]);
});

const GOOD = configText();

test.for([
  ['a byte order mark', `\ufeff${GOOD}`, null],
  ['CRLF', GOOD.replaceAll('\n', '\r\n'), null],
  ['no JSON', '{"jobs": [\n  oops', '2:3: not valid JSON: invalid symbol'],
  ['a comma too much', '{"jobs": [],\n}', /^2:1: not valid JSON: /],
  ['nothing', '', /^1:1: not valid JSON: /],
  ['10 MB', ' '.repeat(10_000_000), '1:1: is too large: 10000000 bytes, at most 65536'],
] as const)('row 2: a config with %s is read, or told with its place', async ([, text, problem]) => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'codearts-hooks.json'), text);

  const { config, problems } = await loadConfig(folder);

  const told = problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  expect(config === null).toBe(problem !== null);
  expect(told).toEqual(
    problem === null ? [] : [typeof problem === 'string' ? problem : expect.stringMatching(problem)],
  );
});

test('row 2: a config that is a folder holds the push', async ({ world }) => {
  await world.commit('one');
  await rm(join(world.dir, 'codearts-hooks.json'));
  await mkdir(join(world.dir, 'codearts-hooks.json'));

  await world.git(['push', '--quiet', 'origin', 'main']);

  expect(await settledHistory(world)).toMatchObject([
    { state: 'held', reason: 'codearts-hooks.json:1:1: is not a file' },
  ]);
});

test('row 3: a typo warns with the nearest key, and a forbidden key holds the push', async ({ world }) => {
  const text = configText({ 'skip-marker': ['x'], jobs: [{ ...JOB, brances: ['x'] }] });
  await writeFile(join(world.dir, 'codearts-hooks.json'), text);
  await world.git(['push', '--quiet', 'origin', 'main:one']);
  await world.settled(); // by this config, and not by the next
  const warned = await world.cli(['status']);
  await writeFile(join(world.dir, 'codearts-hooks.json'), configText({ foo: 1, token: 'x' }));
  await world.git(['push', '--quiet', 'origin', 'main:two']);
  const trusted = await world.cli(['trust'], { mayFail: true });

  expect(warned.stdout).toContain('jobs[0].brances unknown key, did you mean "branches"?');
  expect(warned.stdout).toContain('skip-marker unknown key, did you mean "skip-markers"?');
  expect(trusted.stderr).toContain('token may not be set in a committed file');
  expect(await settledHistory(world)).toMatchObject([
    { state: 'delivered' },
    { state: 'held', reason: expect.stringContaining('token may not be set in a committed file') },
  ]);
});

const EVIL = [
  'http://evil.example',
  'https://user:pw@cloudbuild-ext.cn-north-4.myhuaweicloud.com',
  'https://192.0.2.1',
  'https://127.0.0.1',
  'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com.evil.cn',
  'https://cloudbuild-ext.cn-north-4.myhuaweicl\u043eud.com',
  'https://evil.example',
];

test('row 4: a committed endpoint of somebody else’s gets no request, and no credential', async ({
  world,
}) => {
  const env = { ...world.env, CODEARTS_HOOKS_ENDPOINT: '' };
  for (const [index, endpoint] of EVIL.entries()) {
    // The runner of the push before may be reading it.
    await writeFile(join(world.root, 'next.json'), configText({ endpoint }));
    await rename(join(world.root, 'next.json'), join(world.dir, 'codearts-hooks.json'));
    await world.git(['push', '--quiet', 'origin', `main:evil-${index}`], { env });
  }

  const rows = await settledHistory(world);

  expect(rows.map(({ state, attempts }) => [state, attempts])).toEqual(EVIL.map(() => ['held', []]));
  expect(world.sandbox.requests()).toEqual([]);
});

test.for(['short', `../${JOB.id}%2f`, `${JOB.id}0`, `${JOB.id.slice(1)}-`, '%2e%2e/x', ''])(
  'row 5: the job id %j stops the push before the network',
  async (id, { world }) => {
    await writeFile(join(world.dir, 'codearts-hooks.json'), configText({ jobs: [{ name: 'ci', id }] }));
    await world.commit('one');

    await world.git(['push', '--quiet', 'origin', 'main']);

    expect(await settledHistory(world)).toMatchObject([
      { state: 'held', reason: expect.stringMatching(/^codearts-hooks\.json:\d+:\d+: jobs\[0\]\.id must /) },
    ]);
    expect(world.sandbox.requests()).toEqual([]);
  },
);
