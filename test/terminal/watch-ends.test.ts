import { expect } from 'vitest';
import { until } from '../fixtures/run.ts';
import { test } from '../fixtures/world.ts';

const QUICK = { queueMs: 200, runMs: 600 };

/** The lines of `--json`, as values. */
function linesOf(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

test.for([
  ['SUCCESS', 0, 'succeeded'],
  ['FAILURE', 1, 'failed'],
  ['ABORTED', 1, 'failed'],
  ['SCHEDULE_FAILURE', 1, 'failed'],
] as const)('a build that ends in %s gives exit code %i', async ([result, exitCode, end], { world }) => {
  world.sandbox.setPlans([{ ...QUICK, queueMs: 4000, result, message: 'why' }]);
  await world.commit('one');

  const pushed = await world.cli(['push', '--json', '--quiet', 'origin', 'main'], { mayFail: true });

  const lines = linesOf(pushed.stdout);
  expect(pushed.exitCode).toBe(exitCode);
  expect(lines.at(-1)).toMatchObject({ state: 'delivered', buildState: result, message: 'why', end });
  expect(lines.map(({ buildState }) => buildState)).toContain('InQueue');
});

test('the log comes in whole lines, each of them JSON with --json', async ({ world }) => {
  const log = ['one', 'two 中文', 'x'.repeat(12_000), 'last'];
  world.sandbox.setPlans([{ ...QUICK, log }]);
  await world.commit('one');
  await world.git(['push', '--quiet']);

  const { stdout } = await world.cli(['watch', '--json', '--log']);

  const printed = linesOf(stdout).flatMap(({ log: line }) => (typeof line === 'string' ? [line] : []));
  expect(printed).toEqual(['one', 'two 中文', `${'x'.repeat(1999)}…`, 'last']);
});

test('push follows what it has started, and not what was pushed before', async ({ world }) => {
  world.sandbox.setPlans([{ queueMs: 60_000 }, QUICK]);
  await world.commit('one');
  await world.git(['push', '--quiet']);
  await world.settled();
  await world.commit('two');

  const { stdout } = await world.cli(['push', '--quiet', 'origin', 'main']);
  const nothing = await world.cli(['push', 'origin', 'main']);

  expect(stdout).toMatch(/✓ ci #2 succeeded/);
  expect(stdout).not.toContain('#1');
  expect(nothing).toMatchObject({
    exitCode: 0,
    stdout: '',
    stderr: expect.stringContaining('started no build'),
  });
});

test('a push with --no-verify is followed too', async ({ world }) => {
  world.sandbox.setPlans([QUICK]);
  await world.commit('one');

  const { stdout } = await world.cli(['push', '--quiet', '--no-verify', 'origin', 'main']);

  expect(stdout).toMatch(/✓ ci #1 succeeded/);
});

test('credentials that may not read the build give 4, a history that is closed 8', async ({ world }) => {
  world.sandbox.setPlans([{ queueMs: 60_000 }]);
  await world.commit('one');
  await world.git(['push', '--quiet']);
  await world.settled();
  world.sandbox.setHistoryAccess('forbidden');

  const closed = await world.cli(['watch'], { mayFail: true });
  const refused = await world.cli(['watch'], {
    env: { ...world.env, CODEARTS_HOOKS_TOKEN: 'another' },
    mayFail: true,
  });

  expect(closed.exitCode).toBe(8);
  expect(closed.stdout).toContain('its state cannot be read: the build answers APIGW.0302');
  expect(refused.exitCode).toBe(4);
  expect(refused.stdout).toContain('→ codearts-hooks login');
});

test('a service that does not answer for a while is told of once, and watching goes on', async ({
  world,
}) => {
  world.sandbox.setPlans([{ queueMs: 0, runMs: 2500 }]);
  await world.commit('one');
  await world.git(['push', '--quiet']);
  await world.settled();
  world.sandbox.setHistoryAccess('unavailable');

  const watching = world.cli(['watch']);
  await until(
    'some requests',
    async () => world.sandbox.requests().filter(({ status }) => status === 503).length > 1,
  );
  world.sandbox.setHistoryAccess('open');
  const { stdout, exitCode } = await watching;

  expect(exitCode).toBe(0);
  expect(stdout.match(/no answer/g)).toHaveLength(1);
  expect(stdout).toMatch(/✓ ci #1 succeeded/);
});

test('--timeout gives up with 8, and says how to go on', async ({ world }) => {
  world.sandbox.setPlans([{ queueMs: 60_000 }]);
  await world.commit('one');
  await world.git(['push', '--quiet']);
  await world.settled();

  const { exitCode, stderr } = await world.cli(['watch', '--timeout', '2'], { mayFail: true });
  const wrong = await world.cli(['watch', '--timeout', 'soon'], { mayFail: true });

  expect(exitCode).toBe(8);
  expect(stderr).toMatch(/not ended in that time; to go on:\n {2}codearts-hooks watch [0-9a-f]{7}\n/);
  expect(wrong).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('--timeout takes seconds, not soon'),
  });
});

test('ids say what is watched; an unknown one is an error, and no push at all is none', async ({ world }) => {
  const none = await world.cli(['watch']);
  await world.commit('one');
  await world.git(['push', '--quiet']);
  await world.settled();
  const [row] = JSON.parse((await world.cli(['history', '--json'])).stdout) as { id: string }[];

  const byId = await world.cli(['watch', row?.id.slice(0, 6) ?? '']);
  const unknown = await world.cli(['watch', 'ffffffffffff'], { mayFail: true });

  expect(none.stderr).toContain('no push has been seen yet');
  expect(byId.stdout).toMatch(/✓ ci #1 succeeded/);
  expect(unknown).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('no push has the id ffffffffffff'),
  });
});
