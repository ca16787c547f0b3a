import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { settledHistory } from '../rows/history.ts';
import { JOB, type World, configText, test } from '../fixtures/world.ts';

const EVIL = 'j\u001b]0;pwn\u0007\u009b\u202e\nx';
const INVALID = configText({
  [EVIL]: 1,
  jobs: [{ ...JOB, name: EVIL, trigger: 'execute', parameters: { [EVIL]: 1 } }],
});
// oxlint-disable-next-line no-control-regex -- that is what must not come through
const ACTIVE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

async function writeConfig(world: World, text: string): Promise<void> {
  await writeFile(join(world.dir, 'codearts-hooks.json'), text);
}

/** What a command prints, on both outputs. */
async function printed(world: World, args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await world.cli(args, { mayFail: true });
  return stdout + stderr;
}

test.for([
  ['install'],
  ['trust'],
  ['explain'],
  ['trigger'],
  ['trigger', '--json'],
  ['trigger', '--dry-run'],
  ['status'],
  ['status', '--json'],
  ['doctor'],
  ['init'],
])('escape sequences of a committed config do not reach the terminal by %j', async (args, { world }) => {
  await writeConfig(world, INVALID);

  const text = await printed(world, args);

  expect(text).toContain('pwn');
  expect(text).not.toMatch(ACTIVE);
});

test('escape sequences in the name of a job do not reach the terminal by a hint or by init', async ({
  world,
}) => {
  await writeConfig(world, configText({ jobs: [{ ...JOB, name: EVIL }] }));

  const texts = [await printed(world, ['trigger', '--job', 'none']), await printed(world, ['init'])];

  expect(texts).toEqual([expect.stringContaining('pwn'), expect.stringContaining('pwn')]);
  expect(texts.join('\n')).not.toMatch(ACTIVE);
});

test('escape sequences of a committed config are in no event, and not in the notice', async ({ world }) => {
  await writeConfig(world, INVALID);

  await world.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/evil']);

  const [row] = await settledHistory(world);
  const state = join(world.dir, '.git', 'codearts-hooks');
  const queued = await readdir(join(state, 'q'));
  const kept = await Promise.all(
    [join(state, 'notice'), ...queued.map((name) => join(state, 'q', name))].map((path) =>
      readFile(path, 'utf8'),
    ),
  );
  expect(row).toMatchObject({ state: 'held', reason: expect.stringContaining('pwn') });
  expect(row?.reason).not.toMatch(ACTIVE);
  expect(kept.length).toBeGreaterThan(1);
  expect(kept.join('')).not.toMatch(ACTIVE);
  expect(kept.join('')).not.toMatch(/\\u00[019][0-9a-f]|\\n/i);
});

test('a config that is nested without end is told, and its push held: nothing crashes', async ({ world }) => {
  await writeConfig(world, '['.repeat(30_000));

  await world.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/deep']);

  const reason = 'codearts-hooks.json:1:65: is nested more than 64 levels deep';
  expect(await settledHistory(world)).toMatchObject([{ state: 'held', reason }]);
  for (const args of [['status'], ['history'], ['doctor'], ['install'], ['trust'], ['explain']]) {
    const text = await printed(world, args);
    expect(text).toContain(reason);
    expect(text).not.toContain('bug');
  }
  expect(await readFile(join(world.dir, '.git', 'codearts-hooks', 'notice'), 'utf8')).toContain(reason);
});

test('a package.json of somebody’s that is nested without end stops neither install nor init', async ({
  world,
}) => {
  await writeFile(
    join(world.dir, 'package.json'),
    `{"x": ${'['.repeat(20_000)}${']'.repeat(20_000)}, "simple-git-hooks": {"pre-push": "x"}}`,
  );

  const installed = await world.cli(['install', '--yes']);
  const prepared = await world.cli(['init', '--prepare'], { mayFail: true });
  const removed = await world.cli(['uninstall', '--force']);

  expect(installed.exitCode).toBe(0);
  expect(prepared.stderr).toContain('package.json is not valid JSON');
  expect(removed.exitCode).toBe(0);
});
