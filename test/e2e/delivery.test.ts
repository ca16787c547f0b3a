import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../src/commands/rows.ts';
import { run, until } from '../fixtures/run.ts';
import { type World, ZERO, test } from '../fixtures/world.ts';

const MAIN = 'refs/heads/main';

async function historyOf(world: World): Promise<HistoryRow[]> {
  return JSON.parse((await world.cli(['history', '--json'])).stdout) as HistoryRow[];
}

async function push(world: World, env: Record<string, string> = world.env): Promise<string> {
  const after = await world.commit('a change');
  await world.git(['push', '--quiet', 'origin', 'main'], { env });
  return after;
}

test('a build that was started is in the history, with its number', async ({ world }) => {
  const after = await push(world);
  await world.settled();

  const [row] = await historyOf(world);

  expect(row).toMatchObject({
    source: 'push',
    remote: 'origin',
    ref: MAIN,
    after,
    kind: 'updated',
    job: { name: 'ci' },
    state: 'delivered',
    reason: null,
    attempts: [{ outcome: 'accepted', httpStatus: 200, errorCode: null, requestId: expect.any(String) }],
    build: { number: '1' },
  });
});

test('a refused connection is tried again in the background until it is taken', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'unavailable' }]);

  const after = await push(world);
  await world.settled();

  const [row] = await historyOf(world);
  expect(row?.attempts.map(({ outcome }) => outcome)).toEqual(['retry', 'accepted']);
  expect(world.triggers()).toMatchObject([{ after }]);
});

test('flush wakes what waits for its next attempt in another process', async ({ world }) => {
  world.sandbox.setFaults([
    { kind: 'throttled', retryAfterSeconds: 0 },
    { kind: 'unavailable' },
    { kind: 'unavailable' },
  ]);
  const after = await push(world);
  await until('the first attempt', async () => world.sandbox.requests().length > 0);

  await until('the build', async () => (await world.cli(['flush'], { mayFail: true })).exitCode === 0);

  expect(world.triggers()).toMatchObject([{ after }]);
});

test('flush asks a remote that is back at once, though the runner of the push sits out its pause', async ({
  world,
}) => {
  const away = `${world.remote}.away`;
  await world.git(['tag', 'v1']);
  await writeFile(`${world.remote}/hooks/post-update`, `#!/bin/sh\nmv "${world.remote}" "${away}"\n`, {
    mode: 0o755,
  });
  await world.git(['push', '--quiet', 'origin', 'v1'], { mayFail: true });
  const open = await world.cli(['flush'], { mayFail: true });
  await run('mv', [away, world.remote], { cwd: world.root, env: world.env });

  await until('the remote to be asked', async () => {
    return (await world.cli(['flush'], { mayFail: true })).exitCode === 0;
  });

  expect(open).toMatchObject({ exitCode: 8, stdout: expect.stringContaining('unconfirmed') });
  expect(await historyOf(world)).toMatchObject([{ ref: 'refs/tags/v1', state: 'skipped' }]);
});

test('the next push delivers what an earlier one could not, in order', async ({ world }) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  const one = await push(world, env);
  await world.settled();

  const two = await push(world);
  await world.settled();

  expect(world.triggers().map(({ after }) => after)).toEqual([one, two]);
});

test('after a lost reply nothing is sent again: the build is found in the history', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'lost-reply' }]);
  await push(world);
  await until('the first attempt', async () => (await historyOf(world))[0]?.state === 'ambiguous');

  const flushed = await world.cli(['flush'], { mayFail: true });
  await world.settled();

  // 8 while it is in doubt; a slow machine may find the build before.
  expect([0, 8]).toContain(flushed.exitCode);
  expect(world.triggers()).toHaveLength(1);
  expect(await historyOf(world)).toMatchObject([
    {
      state: 'delivered',
      reason: 'the answer was lost; the build was found in the history',
      attempts: [{ outcome: 'ambiguous' }],
      build: { number: '1' },
    },
  ]);
});

test('HTTP 200 without a build is no success, and is sent again when the user says so', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'status-fail' }]);
  await push(world);
  await world.settled();
  const [failed] = await historyOf(world);

  const redelivered = await world.cli(['redeliver', '--failed']);
  await world.settled();

  expect(failed).toMatchObject({ state: 'failed', attempts: [{ outcome: 'rejected' }] });
  expect(redelivered.stdout).toContain(failed?.id.slice(0, 7));
  expect(world.triggers()).toHaveLength(1);
  expect(await historyOf(world)).toMatchObject([{ id: failed?.id, state: 'delivered' }]);
});

test('a refused token is tried once, held, and sent when there is a better one', async ({ world }) => {
  const bad = { ...world.env, CODEARTS_HOOKS_TOKEN: 'not-the-token' };
  const after = await push(world, bad);
  await world.settled();
  const refused = world.sandbox.requests().length;
  const held = await historyOf(world);

  await world.cli(['flush']);

  expect(refused).toBe(1);
  expect(held).toMatchObject([{ state: 'held', attempts: [{ httpStatus: 401, outcome: 'held' }] }]);
  expect(world.triggers()).toMatchObject([{ after }]);
});

test('a redirect is not followed', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'redirect', status: 307, location: `${world.sandbox.url}/elsewhere` }]);
  await push(world);
  await world.settled();

  expect(world.sandbox.requests()).toHaveLength(1);
  expect(await historyOf(world)).toMatchObject([
    { state: 'held', reason: expect.stringContaining('redirect') },
  ]);
});

test('of many branches at once each starts its build, and what is over the cap is held', async ({
  world,
}) => {
  const after = await world.commit('one');
  const names = Array.from({ length: 25 }, (_, index) => `topic-${String(index).padStart(2, '0')}`);
  for (const name of names) await world.git(['branch', name]);

  await world.git(['push', '--quiet', 'origin', ...names]);
  await world.settled();

  expect(world.triggers()).toHaveLength(20);
  expect(new Set(world.triggers().map((trigger) => trigger.after))).toEqual(new Set([after]));
  const rows = (await historyOf(world)).length;
  const all = JSON.parse((await world.cli(['history', '--json', '-n', '100'])).stdout) as HistoryRow[];
  expect(rows).toBe(20);
  expect(all.filter(({ state }) => state === 'held').map(({ reason }) => reason)).toEqual(
    Array.from({ length: 5 }, () => 'more than 20 builds from one push'),
  );
});

test("the user's post-push hooks get each accepted update once, like post-receive", async ({ world }) => {
  const hooks = `${world.dir}/.git/hooks/post-push.d`;
  await mkdir(hooks, { recursive: true });
  await writeFile(`${hooks}/05-fails`, '#!/bin/sh\necho "out of order"\nexit 3\n', { mode: 0o755 });
  await writeFile(`${hooks}/06-sample`, '#!/bin/sh\necho sample >>"$HOME/told"\n', { mode: 0o644 });
  await writeFile(`${hooks}/10-mine`, '#!/bin/sh\n{ echo "$@"; pwd; cat; } >>"$HOME/told"\n', {
    mode: 0o755,
  });
  const before = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();

  const after = await push(world);
  await world.settled();

  const told = await readFile(`${world.env['HOME']}/told`, 'utf8');
  const log = await readFile(`${world.dir}/.git/codearts-hooks/log`, 'utf8');
  expect(told).toBe(`origin ../remote.git\n${world.dir}\n${before} ${after} ${MAIN}\n`);
  expect(log).toMatch(/05-fails exited with 3: out of order/);
  expect(log).not.toContain('06-sample');
});

test('updates that a tool feeds to post-push start builds', async ({ world }) => {
  const before = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
  const after = await world.commit('one');

  await run(`${world.dir}/.git/hooks/post-push`, ['origin', '../remote.git'], {
    cwd: world.dir,
    env: world.env,
    stdin: `${before} ${after} ${MAIN}\n`,
  });
  await until('the build', async () => world.triggers().length > 0);
  await world.settled();

  expect(world.triggers()).toEqual([{ ref: MAIN, before, after }]);
  expect(await historyOf(world)).toMatchObject([{ source: 'manual', state: 'delivered' }]);
});

test('an update that was fed in and not taken, as its runner was killed, is built before the next one', async ({
  world,
}) => {
  const state = join(world.dir, '.git', 'codearts-hooks');
  const node = await readFile(join(state, 'node'), 'utf8');
  const feed = async (after: string) =>
    await run(join(world.dir, '.git', 'hooks', 'post-push'), ['origin', '../remote.git'], {
      cwd: world.dir,
      env: world.env,
      stdin: `${ZERO} ${after} refs/heads/fed\n`,
    });
  const [first, second] = [await world.commit('first'), await world.commit('second')];
  const [killed, mark] = [join(world.root, 'killed-node'), join(world.root, 'was-started')];
  await writeFile(killed, `#!/bin/sh\n: >'${mark}'\n`, { mode: 0o755 });
  await writeFile(join(state, 'node'), `${killed}\n`);
  await feed(first);
  await until('the start', async () => existsSync(mark));
  await writeFile(join(state, 'node'), node);

  await feed(second);
  await until('the builds', async () => world.triggers().length === 2);

  expect(world.triggers().map(({ after }) => after)).toEqual([first, second]);
});
