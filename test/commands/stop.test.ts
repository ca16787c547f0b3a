import { expect } from 'vitest';
import { discard } from '../fixtures/discard.ts';
import { startDenyingServer } from '../fixtures/raw-server.ts';
import { until } from '../fixtures/run.ts';
import { type World, test } from '../fixtures/world.ts';

/** Pushes a commit; gives the id of the push. */
async function push(world: World, plan: Parameters<World['sandbox']['setPlans']>[0]): Promise<string> {
  world.sandbox.setPlans(plan);
  await world.commit('one');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.settled();
  const rows = JSON.parse((await world.cli(['history', '--json'])).stdout) as { id: string }[];
  return rows[0]?.id ?? '';
}

/** What arrived to stop builds. */
function stops(world: World): unknown[] {
  return world.sandbox
    .requests()
    .filter(({ path }) => path.endsWith('/stop'))
    .map(({ body }) => body);
}

const LONG = [{ queueMs: 0, runMs: 600_000 }];

test('stop asks the service to stop the build of a push, once; then it has ended', async ({ world }) => {
  const id = await push(world, LONG);

  const stopped = await world.cli(['stop', id.slice(0, 6)]);
  const again = await world.cli(['stop', id], { mayFail: true });

  expect(stopped).toEqual({ exitCode: 0, stdout: '', stderr: '✓ ci #1 is being stopped\n' });
  expect(stops(world)).toEqual([{ build_no: 1 }]);
  expect(again).toMatchObject({ exitCode: 1, stdout: '' });
  expect(again.stderr).toBe(
    'error: ci #1 has already ended: ABORTED\nhint: there is nothing to stop: codearts-hooks history\n',
  );
});

test('stop --json says what was stopped', async ({ world }) => {
  const id = await push(world, LONG);

  const { stdout, stderr } = await world.cli(['stop', id, '--json']);

  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({
    id,
    job: { name: 'ci' },
    build: { number: '1' },
    stopped: true,
  });
});

test('a build that has ended is not asked to stop', async ({ world }) => {
  const id = await push(world, [{ queueMs: 0, runMs: 0, result: 'FAILURE' }]);

  const ran = await world.cli(['stop', id], { mayFail: true });

  expect(ran).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('ci #1 has already ended: FAILURE'),
  });
  expect(stops(world)).toEqual([]);
});

test('where its state cannot be read, the service decides', async ({ world }) => {
  const id = await push(world, LONG);
  world.sandbox.setHistoryAccess('forbidden');

  const ran = await world.cli(['stop', id], { mayFail: true });

  expect(ran).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ran.stderr).toMatch(/^error: ci #1 could not be stopped: APIGW\.0302: .*\(HTTP 403\)\n/);
  expect(ran.stderr).toContain('ask the owner of the job for the right to stop it');
  expect(stops(world)).toEqual([{ build_no: 1 }]);
});

test('a service that is busy does not deny the right to stop', async ({ world }) => {
  const id = await push(world, LONG);
  world.sandbox.setHistoryAccess('unavailable');

  const ran = await world.cli(['stop', id], { mayFail: true });

  expect(ran).toMatchObject({ exitCode: 1, stdout: '' });
  expect(ran.stderr).toMatch(/^error: ci #1 could not be stopped: APIGW\.0201: .*\(HTTP 503\)\n/);
  expect(ran.stderr).toContain(`hint: codearts-hooks stop ${id.slice(0, 7)}\n`);
  expect(ran.stderr).not.toContain('the right to stop it');
});

test('without a build there is nothing to stop, and how to have none started is told', async ({ world }) => {
  world.sandbox.setFaults([{ kind: 'unavailable' }, { kind: 'unavailable' }]);
  await world.commit('one');
  await world.git(['push', '--quiet', 'origin', 'main']);
  const id = await until('the push in the history', async () => {
    const rows = JSON.parse((await world.cli(['history', '--json'])).stdout) as {
      id: string;
      state: string;
    }[];
    return rows[0]?.state === 'queued' && rows[0].id;
  });

  const waiting = await world.cli(['stop', id], { mayFail: true });
  await discard(world, id);
  const dropped = await world.cli(['stop', id], { mayFail: true });

  expect(waiting).toMatchObject({ exitCode: 1, stdout: '' });
  expect(waiting.stderr).toContain(`no build has been started for ${id.slice(0, 7)} yet (`);
  expect(waiting.stderr).toContain(`hint: to have none started: codearts-hooks discard ${id.slice(0, 7)}\n`);
  expect(dropped).toMatchObject({ exitCode: 1 });
  expect(dropped.stderr).toContain(`no build was started for ${id.slice(0, 7)} (`);
});

test('credentials that are refused, and a service that is away', async ({ world }) => {
  const id = await push(world, LONG);

  const refused = await world.cli(['stop', id], {
    mayFail: true,
    env: { ...world.env, CODEARTS_HOOKS_TOKEN: 'wrong' },
  });
  await world.sandbox.close();
  const away = await world.cli(['stop', id], { mayFail: true });

  expect(refused).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining('hint: codearts-hooks login\n'),
  });
  expect(away).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('could not be reached') });
});

test('an id with a slip of the pen is asked back', async ({ world }) => {
  const id = await push(world, LONG);
  const wrong = `${id.slice(0, 6)}${id[6] === '0' ? '1' : '0'}`;

  const ran = await world.cli(['stop', wrong], { mayFail: true });

  expect(ran).toMatchObject({
    exitCode: 1,
    stderr: `error: no push has the id ${wrong}\nhint: did you mean ${id.slice(0, 7)}?\n`,
  });
});

test('an IAM that denies the right refuses, to stop and to watch', async ({ world }) => {
  const id = await push(world, LONG);
  const iam = await startDenyingServer();
  const { CODEARTS_HOOKS_TOKEN: _token, ...rest } = world.env;
  const env = { ...rest, CODEARTS_HOOKS_IAM_ENDPOINT: iam.url };
  await world.cli(['login', '--stdin', '--no-verify'], { env, stdin: 'user=u\npassword=p\ndomain=d\n' });

  const stopped = await world.cli(['stop', id], { env, mayFail: true });
  const watched = await world.cli(['watch', id], { env, mayFail: true });

  expect(stopped).toMatchObject({
    exitCode: 4,
    stderr: expect.stringContaining('hint: codearts-hooks login'),
  });
  expect(watched).toMatchObject({ exitCode: 4, stdout: expect.stringContaining('→ codearts-hooks login') });
});
