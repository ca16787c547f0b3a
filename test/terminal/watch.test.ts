import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { lacks } from '../fixtures/unavailable.ts';
import { until } from '../fixtures/run.ts';
import { openShell } from '../fixtures/shell.ts';
import { test } from '../fixtures/world.ts';

const isImpossible = lacks('tmux');

function linesOf(screen: string): string[] {
  return screen.split('\n').filter(Boolean);
}

test.skipIf(isImpossible)(
  'push shows git’s own output, then one line that changes, then the end',
  async ({ world }) => {
    world.sandbox.setPlans([{ queueMs: 2500, runMs: 3000 }]);
    const after = await world.commit('one');
    const shell = await openShell(world);

    await shell.enter('codearts-hooks push origin main; echo "exit $?"');
    await shell.shows(`main -> main`);
    await shell.shows(/ ci #1 in the queue, \d s · main/);
    const running = await shell.shows(/ ci #1 running, \d s · main/);
    const end = await shell.shows(/exit \d+\n\$/);

    expect(running).not.toContain('in the queue');
    expect(linesOf(end).slice(-3)).toEqual([
      expect.stringMatching(new RegExp(String.raw`^✓ ci #1 succeeded in \d s · main ${after.slice(0, 7)}$`)),
      'exit 0',
      '$',
    ]);
    expect(world.triggers()).toHaveLength(1);
  },
);

test.skipIf(isImpossible)('a failure says why, where to read more, and exits with 1', async ({ world }) => {
  world.sandbox.setPlans([
    { queueMs: 0, runMs: 500, result: 'FAILURE', message: 'mvn ended with exit code 1' },
  ]);
  await world.commit('one');
  await world.git(['push', '--quiet']);
  const shell = await openShell(world);

  await shell.enter('codearts-hooks watch; echo "exit $?"');
  const end = await shell.shows(/exit \d+\n\$/);

  expect(end).toMatch(/✗ ci #1 failed after \d s: mvn ended with exit code 1 · main/);
  expect(end).toMatch(/ {2}→ codearts-hooks watch [0-9a-f]{7} --log\nexit 1\n/);
});

test.skipIf(isImpossible)('with --log the log runs through above the line', async ({ world }) => {
  const log = ['compiling', 'testing\u001b[2J', 'packing'];
  world.sandbox.setPlans([{ queueMs: 300, runMs: 5000, log }]);
  await world.commit('one');
  const shell = await openShell(world);

  await shell.enter('codearts-hooks push --log -q origin main; echo "exit $?"');
  await shell.shows(/compiling\n(?:.*\n)*.* ci #1 running/);
  const end = await shell.shows(/exit \d+\n\$/);

  expect(end).toMatch(/\ncompiling\ntesting \[2J\npacking\n✓ ci #1 succeeded in \d s/);
});

test.skipIf(isImpossible)('several builds have a line each, and end one by one', async ({ world }) => {
  world.sandbox.setPlans([
    { queueMs: 0, runMs: 9000 },
    { queueMs: 0, runMs: 4000, result: 'ABORTED' },
  ]);
  await world.commit('one');
  await world.git(['branch', 'side']);
  const shell = await openShell(world);

  await shell.enter('codearts-hooks push -q origin main side; echo "exit $?"');
  await shell.shows(/ ci #1 .*\n.* ci #2 /);
  await shell.shows(/✗ ci #\d stopped after \d s.*\n {2}→ .* --log\n.* ci #\d running/);
  const end = await shell.shows(/exit \d+\n\$/);

  expect(end).toMatch(/✓ ci #\d succeeded in \d s/);
  expect(end).toContain('exit 1');
});

test.skipIf(isImpossible)(
  'Ctrl-C stops watching at once: 130, cursor and line as they were',
  async ({ world }) => {
    world.sandbox.setPlans([{ queueMs: 60_000 }]);
    await world.commit('one');
    await world.git(['push', '--quiet']);
    const shell = await openShell(world);

    await shell.enter('clear; codearts-hooks watch; echo "exit $?"');
    await shell.shows(/ ci #1 in the queue/);
    await shell.press('C-c');
    const end = await shell.shows(/exit \d+\n\$/);

    expect(linesOf(end)).toEqual([
      'stopped watching; to go on:',
      expect.stringMatching(/^ {2}codearts-hooks watch [0-9a-f]{7}$/),
      'exit 130',
      '$',
    ]);
    expect(await shell.cursor()).toEqual({ x: 2, y: 3, isVisible: true });
    // The terminal echoes what is typed, and ends lines.
    await shell.enter('echo still here');
    await shell.shows(/\$ echo still here\nstill here/);
  },
);

test.skipIf(isImpossible)('Ctrl-C during the push is git’s: nothing is watched', async ({ world }) => {
  await writeFile(join(world.remote, 'hooks', 'pre-receive'), '#!/bin/sh\necho waiting >&2\nsleep 20\n', {
    mode: 0o755,
  });
  await world.commit('one');
  const shell = await openShell(world);

  await shell.enter('codearts-hooks push origin main; echo "exit $?"');
  await shell.shows('remote: waiting');
  await shell.press('C-c');
  await shell.shows('exit 130');

  expect(world.triggers()).toEqual([]);
});

test.skipIf(isImpossible)(
  'a terminal that becomes narrower, and wider, keeps one line',
  async ({ world }) => {
    world.sandbox.setPlans([{ queueMs: 60_000 }]);
    await world.commit('one');
    await world.git(['push', '--quiet']);
    const shell = await openShell(world, { columns: 100 });
    await shell.enter('clear; codearts-hooks watch');
    await shell.shows(/ ci #1 in the queue/);

    for (const columns of [40, 20, 90]) {
      await shell.resize(columns, 20);
      const line = columns === 20 ? /^. ci #1 in the que…$/ : /^. ci #1 in the queue, \d+ s · main [0-9a-f]*/;
      // Two different screens, as what was drawn before the change may look right, too.
      const seen = new Set<string>();
      await until('one line, drawn again', async () => {
        const [first = '', ...more] = linesOf(await shell.screen());
        if (line.test(first) && more.length === 0) seen.add(first);
        return seen.size > 1;
      });
    }
    await shell.press('C-c');
  },
);

test.skipIf(isImpossible)('at 40 columns nothing is wrapped by the terminal', async ({ world }) => {
  world.sandbox.setPlans([
    {
      queueMs: 300,
      runMs: 3000,
      result: 'FAILURE',
      message: 'the unit tests of the module shop have failed',
    },
  ]);
  await world.git(['switch', '--quiet', '--create', 'feature/a-rather-long-name']);
  const after = (await world.commit('one')).slice(0, 7);
  const shell = await openShell(world, { columns: 40 });

  await shell.enter('clear; codearts-hooks push -q origin HEAD');
  await shell.shows(/^. ci #1 running, \d s · feature\/a-rath?e?…\n?/);
  await shell.shows(/--log/);
  const end = await shell.screen('whole');

  expect(end.split('\n').slice(0, 4)).toEqual([
    expect.stringMatching(/^✗ ci #1 failed after \d s: the unit$/),
    '  tests of the module shop have failed',
    `  · feature/a-rather-long-name ${after}`,
    expect.stringMatching(/^ {2}→ codearts-hooks watch [0-9a-f]{7} --log$/),
  ]);
});

test.skipIf(isImpossible)('colour by state, and none with NO_COLOR', async ({ world }) => {
  world.sandbox.setPlans([{ queueMs: 0, runMs: 100 }]);
  await world.commit('one');
  await world.git(['push', '--quiet']);
  const [coloured, plain] = [await openShell(world), await openShell(world, {}, { NO_COLOR: '1' })];

  for (const shell of [coloured, plain]) {
    await shell.enter('clear; codearts-hooks watch');
    await shell.shows('✓ ci #1');
  }

  expect(await coloured.screen('styled')).toContain('\u001b[32m✓');
  expect(await plain.screen('styled')).not.toContain('\u001b[3');
});
