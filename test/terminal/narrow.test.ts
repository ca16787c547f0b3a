import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { widthOf } from '../../src/ui/width.ts';
import { pushAndLose } from '../fixtures/pushes.ts';
import { expectScreen, normalized } from '../fixtures/screen.ts';
import { openShell } from '../fixtures/shell.ts';
import { run } from '../fixtures/run.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { type World, test } from '../fixtures/world.ts';

const isImpossible = lacks('tmux');
const BRANCH = 'feature/a-name-that-is-rather-long';

async function pushThree(world: World): Promise<void> {
  await world.git(['switch', '--quiet', '--create', BRANCH]);
  await pushAndLose(world);
}

/** What a terminal of that width shows of a command; no line of it may have been wrapped by the terminal. */
async function look(world: World, command: string, columns: number, env: Record<string, string> = {}) {
  const shell = await openShell(world, { columns, rows: 90 }, { CODEARTS_HOOKS_TOKEN: '', ...env });
  await shell.enter(`clear; codearts-hooks ${command}; echo "exit $?"`);
  await shell.shows(/exit \d+\n\$$/);
  const styled = await shell.screen('styled');
  return { plain: (await shell.screen('whole')).replaceAll(/ +$/gm, '').replace(/\n\$$/, '\n'), styled };
}

const COMMANDS = ['status', 'history', 'doctor', 'show'] as const;

test.skipIf(isImpossible)('at 40 columns every screen fits, and says the same', async ({ world }) => {
  await pushThree(world);
  const rows = JSON.parse((await world.cli(['history', '--json'])).stdout) as { id: string; state: string }[];
  const failed = rows.find(({ state }) => state === 'failed')?.id ?? '';

  for (const command of COMMANDS) {
    const args = command === 'show' ? `show ${failed.slice(0, 7)}` : command;
    const { plain } = await look(world, args, 40);
    const wide = await look(world, args, 200);

    expect(plain.split('\n').filter((line) => widthOf(line) > 40)).toEqual([]);
    expect(plain.match(/→ [^\n]*/g)).toEqual(wide.plain.match(/→ [^\n]*/g));
    if (command !== 'doctor') await expectScreen(`${command}-40`, normalized(plain, world));
  }
});

test.skipIf(isImpossible)('states have their colours, and none with NO_COLOR', async ({ world }) => {
  await pushThree(world);

  const coloured = (await look(world, 'history', 100)).styled;
  const plain = (await look(world, 'history', 100, { NO_COLOR: '1' })).styled;

  expect(coloured).toContain('\u001b[32mdelivered');
  expect(coloured).toContain('\u001b[31mfailed');
  expect(coloured).toContain('\u001b[33mheld');
  expect(plain).not.toContain('\u001b[3');
});

test('through a pipe nothing is cut, whatever COLUMNS says', async ({ world }) => {
  await pushThree(world);

  const { stdout } = await world.cli(['history'], { env: { ...world.env, COLUMNS: '40' } });

  expect(stdout).toContain(`  ${BRANCH}  `);
  expect(stdout).toContain('APIGW.0101: not published in this region (HTTP 404)');
  expect(stdout).not.toContain('…');
});

test.skipIf(isImpossible)(
  'history --follow shows what comes and changes, and ends with 130',
  async ({ world }) => {
    const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
    const shell = await openShell(world, { columns: 90 });
    await shell.enter('clear; codearts-hooks history --follow; echo "exit $?"');
    await world.commit('one');
    await world.git(['push', '--quiet'], { env });
    await shell.shows(/^[0-9a-f]{7} .* main .* held .* ci: no credentials/);

    await world.cli(['flush']);
    await shell.shows(/^[0-9a-f]{7} .* main .* delivered .* ci #1$/m);
    await shell.press('C-c');
    const end = await shell.shows(/exit \d+\n\$/);

    expect(
      end.split('\n').map((line) => line.replaceAll(/[0-9a-f]{7}|\d+ \w+ ago|now {2,}/g, '#').trim()),
    ).toEqual([expect.stringMatching(/^# +#? *main +# +delivered +ci #1$/), 'exit 130', '$']);
    expect(await shell.cursor()).toEqual({ x: 2, y: 2, isVisible: true });
  },
);

test('history --follow through a pipe gives a line a change, and JSON a row a line', async ({ world }) => {
  const out = join(world.root, 'out');
  const script = join(world.root, 'follow.sh');
  const { CLI } = await import('../fixtures/world.ts');
  const cli = `'${process.execPath}' '${CLI}'`;
  await writeFile(
    script,
    `${cli} history --follow >'${out}' & plain=$!\n${cli} history --follow --json >'${out}.json' & json=$!\n` +
      `until grep -q delivered '${out}' && grep -q delivered '${out}.json'; do sleep 0.1; done\n` +
      'kill -INT $plain $json; wait $plain; echo $?; wait $json; echo $?\n',
  );
  await world.commit('one');

  const following = run('bash', ['-m', script], { cwd: world.dir, env: world.env });
  await world.git(['push', '--quiet']);
  const { stdout } = await following;
  const lines = (await run('cat', [out], { cwd: world.dir, env: world.env })).stdout.trimEnd().split('\n');
  const rows = (await run('cat', [`${out}.json`], { cwd: world.dir, env: world.env })).stdout
    .trimEnd()
    .split('\n');

  expect(stdout).toBe('130\n130\n');
  expect(lines.at(-1)).toMatch(/^[0-9a-f]{7} {2}\S+Z {2}main {2}[0-9a-f]{7} {2}delivered {2}ci #1$/);
  expect(JSON.parse(rows.at(-1) ?? '')).toMatchObject({ state: 'delivered', build: { number: '1' } });
});
