import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { discard } from '../fixtures/discard.ts';
import { until } from '../fixtures/run.ts';
import { type World, test } from '../fixtures/world.ts';

const QUICK = { queueMs: 200, runMs: 600 };

async function setPreferences(world: World, preferences: object): Promise<void> {
  const folder = join(world.env['HOME'] ?? '', '.config', 'codearts-hooks');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.json'), JSON.stringify(preferences));
}

test('through a pipe there is a plain line a change, without colour or control characters', async ({
  world,
}) => {
  world.sandbox.setPlans([{ queueMs: 5000, runMs: 3000 }]);
  const after = await world.commit('one');
  await world.git(['push', '--quiet']);

  const { stdout, exitCode } = await world.cli(['watch']);

  const at = `· main ${after.slice(0, 7)}`;
  expect(exitCode).toBe(0);
  expect(
    stdout.replace(/succeeded in \d s/, 'succeeded in N s').replace(/^ci (?:being|waits|main)[^\n]*\n/gm, ''),
  ).toBe(
    `ci #1 started ${at}\nci #1 in the queue ${at}\nci #1 running ${at}\n✓ ci #1 succeeded in N s ${at}\n`,
  );
});

test('push gives git’s own exit code, and watches nothing that git refused', async ({ world }) => {
  await world.commit('one');

  const refused = await world.cli(['push', 'nowhere', 'main'], { mayFail: true });
  const usage = await world.cli(['push', '--no-such-option'], { mayFail: true });

  expect([refused.exitCode, usage.exitCode]).toEqual([128, 129]);
  expect(refused.stderr).toContain("fatal: 'nowhere' does not appear to be a git repository");
  expect(refused.stdout).toBe('');
});

test('a push that no rule asks for says why there is no build', async ({ world }) => {
  await world.commit('one');
  await world.git(['tag', 'v1']);

  const { stdout, exitCode } = await world.cli(['push', '--quiet', 'origin', 'v1']);

  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^- v1 no build: .+ · v1 [0-9a-f]{7}\n$/);
});

test('a trigger that waits for its user ends watching with 8 and the remedy', async ({ world }) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  await world.commit('one');
  await world.git(['push', '--quiet'], { env });

  const { stdout, exitCode } = await world.cli(['watch'], { env, mayFail: true });

  expect(exitCode).toBe(8);
  expect(stdout).toMatch(/^! ci waits: no credentials .*\n {2}→ codearts-hooks login\n$/m);
});

test('a notification says how the build ended, in words that nothing interprets', async ({ world }) => {
  const folder = join(world.root, 'bin');
  const told = join(world.root, 'told');
  await mkdir(folder);
  await writeFile(join(folder, 'notify-send'), `#!/bin/sh\nprintf '<%s>' "$@" >>'${told}'\n`);
  await chmod(join(folder, 'notify-send'), 0o755);
  const env = { ...world.env, PATH: `${folder}:${world.env['PATH'] ?? ''}` };
  const message = '$(touch hit) `touch hit` <b>&"\'';
  world.sandbox.setPlans([QUICK, { ...QUICK, result: 'FAILURE', message }]);
  await setPreferences(world, { notify: 'failed' });

  await world.commit('one');
  await world.cli(['push', '--quiet', 'origin', 'main'], { env });
  await world.commit('two');
  const args = ['push', '--quiet', 'origin', 'main'];
  const { exitCode } = await world.cli(args, { env, mayFail: true });

  expect(exitCode).toBe(1);
  const text = await readFile(told, 'utf8');
  expect(text).toMatch(/^<--app-name=codearts-hooks><--><✗ ci #2><failed after \d s: /);
  expect(text).toContain('$(touch hit) `touch hit` &lt;b&gt;&amp;"\' · main');
  expect((await world.git(['status', '--porcelain'])).stdout).not.toContain('hit');
});

test('a service that is away is told of at once, with its reason, and as a line of JSON', async ({
  world,
}) => {
  const env = { ...world.env, CODEARTS_HOOKS_ENDPOINT: 'http://127.0.0.1:1' };
  await world.commit('one');
  await world.git(['push', '--quiet'], { env });
  await until('an attempt', async () =>
    (await world.cli(['history'], { env })).stdout.includes('ECONNREFUSED'),
  );

  // The next attempt may be under way when one begins to watch.
  const plain = await world.cli(['watch', '--timeout', '3'], { env, mayFail: true });
  const json = await world.cli(['watch', '--timeout', '3', '--json'], { env, mayFail: true });

  expect(plain.exitCode).toBe(8);
  expect(plain.stdout).toMatch(/^ci waits: the service could not be reached \(ECONNREFUSED\)[^\n]* · main /m);
  const lines = json.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string });
  expect(lines).toContainEqual(
    expect.objectContaining({
      state: 'queued',
      reason: expect.stringContaining('ECONNREFUSED'),
      end: null,
    }),
  );
  await discard(world, lines[0]?.id ?? '', env);
});
