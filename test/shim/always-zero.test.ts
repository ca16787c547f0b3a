import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseNote } from '../../src/hook/note.ts';
import { parseArguments } from '../../src/runner/arguments.ts';
import { run } from '../fixtures/run.ts';
import { lacks } from '../fixtures/unavailable.ts';
import type { RunnerRun } from './recorder.ts';
import { inEachShell } from './shells.ts';
import { type Stage, lines, useStage } from './stage.ts';

const URL = 'https://alice:S3CR-canary-7b@host/r.git';
const ARGS = ['origin', URL] as const;
const WAITS = 'codearts-hooks: 1 trigger waits\n';

const makeStage = useStage();

/** What runs the shell with something done to its descriptors or limits first. */
function after(preparation: string): string[] {
  return ['/bin/sh', '-c', `${preparation}; exec "$@"`, 'sh'];
}

/** The same, where file systems can be mounted that nobody else sees. */
function mounted(preparation: string): string[] {
  return ['unshare', '--mount', ...after(`set -e; ${preparation}`)];
}

/** What a run was handed over: the address with its password, and the note that the disk did not take. */
function handedOver(run: RunnerRun | undefined) {
  const { ownUrl, handedOver } = parseArguments(run?.argv ?? [], run?.stdin ?? '');
  return { ownUrl, note: parseNote(handedOver ?? '') };
}

inEachShell('a push goes on', (shell) => {
  test.each([
    ['standard input closed', '<&-', ''],
    ['standard output closed', '>&-', lines(2)],
    ['standard error closed', '2>&-', lines(2)],
    ['all three closed', '<&- >&- 2>&-', ''],
    ['a full device for its output', '>/dev/full 2>&1', lines(2)],
    ['standard input at its end, and 100 updates', '', lines(100)],
  ])('with %s', async (_, redirection, stdin) => {
    const stage = await makeStage(shell);
    await writeFile(join(stage.state, 'notice'), 'codearts-hooks: 1 trigger waits\n');

    const ran = await stage.hook('pre-push', ARGS, { stdin, by: after(`exec ${redirection}`) });

    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).toBe(
      redirection === '' || redirection === '>&-' || redirection === '<&-' ? WAITS : '',
    );
    expect((await stage.notes())[0]?.updates).toHaveLength(stdin.split('\n').length - 1);
    await stage.started();
  });

  test.each(['note', 'lines', 'watch', 'start', 'node', 'runner.cjs', 'notes', '.'])(
    'quietly without our %s',
    async (name) => {
      const stage = await makeStage(shell);
      await rm(join(stage.state, name), { recursive: true });

      const ran = await stage.hook('pre-push', ARGS, { stdin: lines(2) });

      expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    },
  );

  test.each(['note', 'lines', 'watch', 'start', 'node', 'runner.cjs', 'arm', 'notice'])(
    'quietly with a folder in the place of our %s',
    async (name) => {
      const stage = await makeStage(shell);
      await rm(join(stage.state, name), { force: true });
      await mkdir(join(stage.state, name));

      const ran = await stage.hook('pre-push', ARGS, { stdin: lines(2) });

      expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    },
  );

  test('with nonsense in our files, even such as no shell can read', async () => {
    const stage = await makeStage(shell);
    await writeFile(join(stage.state, 'note'), 'if (\n');

    const ran = await stage.hook('pre-push', ARGS, { stdin: lines(2) });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('with the options of a caller that stops at the first failure', async () => {
    const stage = await makeStage(shell);

    const ran = await stage.hook('pre-push', ARGS, { stdin: lines(2), shellOptions: ['-eu'] });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await stage.started()).toMatchObject([{ stdin: `${URL}\n` }]);
  });

  test('with an environment that bends shells', async () => {
    const stage = await makeStage(shell);
    const trap = join(stage.root, 'trap');
    await mkdir(join(trap, '.git', 'codearts-hooks'), { recursive: true });
    await writeFile(join(trap, 'rc'), 'exit 1\n');
    const env = {
      IFS: '0e/.',
      CDPATH: trap,
      ENV: join(trap, 'rc'),
      BASH_ENV: join(trap, 'rc'),
      PS4: '$(exit 1)',
    };

    const ran = await stage.hook('pre-push', ARGS, { stdin: lines(2), env });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await stage.notes()).toMatchObject([{ cwd: stage.dir, updates: [{}, {}] }]);
    expect(await stage.started()).toMatchObject([{ cwd: stage.state }]);
  });

  // bash tries again for a quarter of a minute: there the test takes as long.
  test.skipIf(lacks('mounts'))('when no process can be had', async () => {
    const stage = await makeStage(shell);
    await run('chown', ['-R', '54321', stage.root], { cwd: stage.root, env: stage.env });
    const by = ['setpriv', '--reuid=54321', '--clear-groups', 'prlimit', '--nproc=1'];

    const { exitCode } = await stage.hook('pre-push', ARGS, { stdin: lines(2), by });

    expect(exitCode).toBe(0);
    expect(await stage.notes()).toMatchObject([{ updates: [{}, {}] }]);
  });
});

inEachShell('the runner is handed the note', (shell) => {
  const isImpossible = lacks('mounts');

  async function expectHandedOver(
    stage: Stage,
    { count, by, notes }: { count: number; by: string[]; notes: string[] },
  ): Promise<void> {
    const ran = await stage.hook('pre-push', ARGS, { stdin: lines(count), by });
    const [started] = await stage.started();

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(started).toMatchObject({ argv: ['push', `${process.pid}.${ran.pid}`, 'handed-over'], notes });
    const { ownUrl, note } = handedOver(started);
    expect({ ownUrl, url: note.url, count: note.updates.length }).toEqual({
      ownUrl: URL,
      url: 'https://host/r.git',
      count,
    });
  }

  test.each([1, 3000])('of %i updates where there is no folder for it', async (count) => {
    const stage = await makeStage(shell);
    await rm(join(stage.state, 'notes'), { recursive: true });

    await expectHandedOver(stage, { count, by: [], notes: [] });
  });

  test.skipIf(isImpossible).each([1, 3000])('of %i updates by a read-only folder', async (count) => {
    const stage = await makeStage(shell);
    const { state } = stage;
    const by = mounted(`mount --bind ${state} ${state}; mount -o remount,ro,bind ${state}`);

    await expectHandedOver(stage, { count, by, notes: [] });
  });

  test.skipIf(isImpossible).each([
    [1, 16_384],
    [3000, 4096],
  ])('of %i updates by a disk that is full, or gets so, and no torn one is left', async (count, used) => {
    const stage = await makeStage(shell);
    const notes = join(stage.state, 'notes');
    const fill = `head -c ${used} /dev/zero >${notes}/used`;

    await expectHandedOver(stage, {
      count,
      by: mounted(`mount -t tmpfs -o size=16k none ${notes}; ${fill}`),
      notes: ['used'],
    });
  });
});
