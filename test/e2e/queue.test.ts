import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { HistoryRow } from '../../src/commands/rows.ts';
import { readEvents, saveEvent } from '../../src/spool/shelves.ts';
import { until } from '../fixtures/run.ts';
import { type World, test } from '../fixtures/world.ts';

const MAIN = 'refs/heads/main';

async function historyOf(world: World): Promise<HistoryRow[]> {
  return JSON.parse((await world.cli(['history', '--json', '-n', '3000'])).stdout) as HistoryRow[];
}

async function push(world: World, env: Record<string, string> = world.env): Promise<string> {
  const after = await world.commit('a change');
  await world.git(['push', '--quiet', 'origin', 'main'], { env });
  await world.settled();
  return after;
}

/** The environment without a token: what is pushed waits. */
function withoutToken(world: World): Record<string, string> {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  return env;
}

test('redeliver sends again what was delivered, under the same id', async ({ world }) => {
  await push(world);
  const [row] = await historyOf(world);

  const { stdout, exitCode } = await world.cli(['redeliver', String(row?.id.slice(0, 6)), '--json']);
  await world.settled();

  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([{ id: row?.id }]);
  expect(world.triggers()).toHaveLength(2);
  expect(await historyOf(world)).toMatchObject([
    { id: row?.id, state: 'delivered', build: { number: '2' }, attempts: [{}, {}] },
  ]);
});

test('redeliver takes the job’s id from the config as it is now', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'error-code-in-200' }]);
  await push(world);
  const [failed] = await historyOf(world);
  const config = join(world.dir, 'codearts-hooks.json');
  const text = (await readFile(config, 'utf8')).replace('f9d6c8466d614a9788e9a0acf6c15f46', 'b'.repeat(32));
  await writeFile(config, text);

  await world.cli(['redeliver', '--failed'], { env: { ...world.env, CODEARTS_HOOKS_TRUST: '1' } });
  await world.settled();

  expect(failed?.state).toBe('failed');
  expect(world.sandbox.requests().at(-1)?.path).toBe(`/v1/job/${'b'.repeat(32)}/auto-execute`);
});

test('redeliver says why not, and what is not there', async ({ world }) => {
  await world.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/other', ':refs/heads/main'], {
    mayFail: true,
  });
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.settled();
  await world.git(['tag', 'v1']);
  await world.git(['push', '--quiet', 'origin', 'v1']);
  await world.settled();
  const skipped = (await historyOf(world)).find(({ state }) => state === 'skipped');

  const none = await world.cli(['redeliver'], { mayFail: true });
  const nothing = await world.cli(['redeliver', '--failed']);
  const jobless = await world.cli(['redeliver', String(skipped?.id)], { mayFail: true });

  expect(none).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('redeliver --failed') });
  expect(nothing.stderr).toBe('nothing has failed\n');
  expect(jobless.exitCode).toBe(1);
  expect(jobless.stderr).toContain('it has no job: no job asks for refs/tags/v1; see codearts-hooks trigger');
});

test('discard takes what waits out of the queue: it is not built any more', async ({ world }) => {
  await push(world, withoutToken(world));
  const after = await push(world, withoutToken(world));
  const [, first] = await historyOf(world);

  const discarded = await world.cli(['discard', String(first?.id)]);
  await world.cli(['flush']);

  expect(discarded.exitCode).toBe(0);
  expect(discarded.stdout).toContain('skipped');
  expect(world.triggers().map((trigger) => trigger.after)).toEqual([after]);
  const again = await world.cli(['discard', String(first?.id)], { mayFail: true });
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('nothing waits') });
});

test('a discarded failure is no failure any more', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'status-fail' }]);
  await push(world);
  const [failed] = await historyOf(world);

  await world.cli(['discard', String(failed?.id)]);

  expect(await historyOf(world)).toMatchObject([{ state: 'skipped', reason: 'discarded by you' }]);
  expect(JSON.parse((await world.cli(['status', '--json'])).stdout)).toMatchObject({ failed: 0 });
});

test('a branch that is deleted is not built any more: what waits for it is superseded', async ({ world }) => {
  const env = withoutToken(world);
  await world.commit('one');
  await world.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/topic', 'main'], { env });
  await world.settled();
  await world.git(['push', '--quiet', 'origin', ':refs/heads/topic'], { env });
  await world.settled();

  await world.cli(['flush']);

  expect(world.triggers().map(({ ref }) => ref)).toEqual([MAIN]);
  const topic = (await historyOf(world)).filter(({ ref }) => ref === 'refs/heads/topic');
  expect(topic.map(({ state, kind }) => `${kind} ${state}`)).toEqual([
    'deleted skipped',
    'created superseded',
  ]);
  expect(topic[1]?.reason).toContain(String(topic[0]?.id));
});

test('what is held is told in one line at the next push, with the remedy', async ({ world }) => {
  await push(world, withoutToken(world));
  await push(world, withoutToken(world));
  await world.commit('three');

  const { stderr } = await world.git(['push', '--quiet', 'origin', 'main'], { env: withoutToken(world) });

  expect(stderr).toBe(
    `codearts-hooks: 2 triggers wait: no credentials for ${new URL(world.sandbox.url).host}; ` +
      'run codearts-hooks login\n',
  );
});

test('what has expired is told at the next push, and redeliver revives it', async ({ world }) => {
  const after = await push(world, withoutToken(world));
  const spool = { root: join(world.dir, '.git', 'codearts-hooks') };
  const [event] = await readEvents(spool);
  if (!event) throw new Error('nothing was queued');
  await saveEvent(spool, { ...event, queuedAt: event.queuedAt - 73 * 3_600_000 });
  await world.cli(['flush']);
  await world.git(['commit', '--quiet', '--allow-empty', '--message', 'x']);

  const told = await world.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/other']);
  await world.settled();
  const revived = await world.cli(['redeliver', event.id]);
  await world.settled();

  expect(told.stderr).toContain('1 trigger expired: not delivered within three days');
  expect(told.stderr).toContain(`see codearts-hooks redeliver ${event.id}`);
  expect(revived.exitCode).toBe(0);
  expect(world.triggers().map((trigger) => trigger.after)).toContain(after);
  const quiet = await world.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/third']);
  expect(quiet.stderr).toBe('');
});

test('status wakes what waits', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'throttled', retryAfterSeconds: 1 }]);
  const after = await world.commit('one');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await until('the first answer', async () => world.sandbox.requests().length === 1);
  const [owner] = await readdir(join(world.dir, '.git', 'codearts-hooks', 'lock'));
  expect(owner).toBeDefined();

  await until('the build', async () => {
    await world.cli(['status']);
    return world.triggers().length > 0;
  });

  expect(world.triggers()).toMatchObject([{ after }]);
});
