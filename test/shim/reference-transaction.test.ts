import { chmod, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run, until } from '../fixtures/run.ts';
import { startSleeper } from '../fixtures/sleeper.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { pushStandIn } from './push-stand-in.ts';
import { type Shell, inEachShell } from './shells.ts';
import { type Stage, useStage } from './stage.ts';

const HOOK = 'reference-transaction';
const ZERO = '0'.repeat(40);
const ONE = '1'.repeat(40);
const LINES = `${ZERO} ${ONE} refs/remotes/origin/main\n${ZERO} ref:refs/heads/x HEAD\n`;

const makeStage = useStage();

/** Names of a folder that begin so. */
async function named(folder: string, start: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(start));
}

/** A stage where the user has chosen the hook. */
async function armedStage(shell: Shell): Promise<Stage> {
  const stage = await makeStage(shell);
  await writeFile(join(stage.state, 'arm'), '');
  return stage;
}

/** What a push whose process is `pid` has put in place. */
async function arm({ state, hooks }: Stage, pid: number, note: string): Promise<void> {
  await writeFile(join(state, 'notes', `cur.${pid}`), `${note}\n`);
  await run('ln', ['-sf', `../codearts-hooks/${HOOK}`, join(hooks, HOOK)], { cwd: hooks, env: {} });
}

/** The id of a process that has ended. */
async function deadPid(): Promise<number> {
  const { pid, end } = await startSleeper();
  await end();
  return pid;
}

inEachShell('the reference-transaction hook', (shell) => {
  test('is put in place by a push, and takes itself out of the first command after it', async () => {
    const stage = await armedStage(shell);
    const before = await named(stage.hooks, HOOK);

    const held = await pushStandIn(stage);
    const during = await named(stage.hooks, HOOK);
    await held.end();
    await stage.started();
    const cursors = await named(join(stage.state, 'notes'), 'cur.');
    const committed = await stage.git(['commit', '--quiet', '--allow-empty', '--message', 'one']);

    expect({ before, during, cursors }).toEqual({ before: [], during: [HOOK], cursors: [] });
    expect(committed).toMatchObject({ stdout: '', stderr: '' });
    expect(await named(stage.hooks, HOOK)).toEqual([]);
  });

  test('stays until the last of two pushes has ended', async () => {
    const stage = await armedStage(shell);
    const commit = () => stage.git(['commit', '--quiet', '--allow-empty', '--message', 'one']);

    const first = await pushStandIn(stage);
    const second = await pushStandIn(stage);
    await first.end();
    await stage.started(1);
    await commit();
    const between = await named(stage.hooks, HOOK);
    await second.end();
    await stage.started(2);
    await commit();

    expect(between).toEqual([HOOK]);
    expect(await named(stage.hooks, HOOK)).toEqual([]);
  });

  test('is not put in place where the user has not chosen it', async () => {
    const stage = await makeStage(shell);

    const held = await pushStandIn(stage);

    expect(await named(stage.hooks, HOOK)).toEqual([]);
    expect(await named(join(stage.state, 'notes'), 'cur.')).toEqual([]);
    await held.end();
    await stage.started();
  });

  test("that is the user's own stays as it is", async () => {
    const stage = await armedStage(shell);
    const path = join(stage.hooks, HOOK);
    await writeFile(path, '#!/bin/sh\n# mine\nexit 0\n', { mode: 0o755 });

    const held = await pushStandIn(stage);
    await held.end();
    await stage.started();

    expect(await readFile(path, 'utf8')).toBe('#!/bin/sh\n# mine\nexit 0\n');
    expect(await named(join(stage.state, 'notes'), 'cur.')).toEqual([]);
  });

  test('notes what a real push has committed, and nothing of other commands meanwhile', async () => {
    const stage = await armedStage(shell);
    const value = async (name: string) => (await stage.git(['rev-parse', name])).stdout.trim();
    const remoteHook = join(stage.root, 'remote.git', 'hooks', 'pre-receive');
    await run('mkdir', ['-p', join(remoteHook, '..')], { cwd: stage.root, env: stage.env });
    await writeFile(remoteHook, `#!/bin/sh\nuntil test -e '${stage.root}/accept'; do sleep 0.02; done\n`);
    await chmod(remoteHook, 0o755);
    await stage.git(['commit', '--quiet', '--allow-empty', '--message', 'one']);
    const after = await value('main');

    const pushing = stage.git(['push', '--quiet', 'origin', 'main', 'main:refs/tags/v1']);
    await until('the hook', async () => (await named(stage.hooks, HOOK)).length > 0);
    await stage.git(['commit', '--quiet', '--allow-empty', '--message', 'two']);
    await stage.git(['update-ref', 'refs/remotes/origin/main', 'main~1']);
    const during = await named(stage.hooks, HOOK);
    await writeFile(join(stage.root, 'accept'), '');
    await pushing;
    const [started] = await stage.started();

    const [name = ''] = await stage.noteNames();
    expect(during).toEqual([HOOK]);
    expect(await stage.noteText(`${name}.rt`)).toBe(`${ZERO} ${after} refs/remotes/origin/main\n`);
    expect(started?.notes.filter((file) => file.endsWith('.rt'))).toEqual([`${name}.rt`]);
  });

  test('notes what is committed by the push that runs it, as it is', async () => {
    const stage = await makeStage(shell);
    await arm(stage, process.pid, '1.2');

    const first = await stage.hook(HOOK, ['committed'], { stdin: LINES });
    const second = await stage.hook(HOOK, ['committed'], { stdin: `${ZERO} ${ONE} refs/x/%s-中文-$(id)\n` });

    expect([first, second]).toMatchObject([
      { exitCode: 0, stdout: '', stderr: '' },
      { exitCode: 0, stdout: '', stderr: '' },
    ]);
    expect(await stage.noteText('1.2.rt')).toBe(`${LINES}${ZERO} ${ONE} refs/x/%s-中文-$(id)\n`);
  });

  test.each(['preparing', 'prepared', 'aborted', ''])(
    'does nothing when a transaction is "%s"',
    async (state) => {
      const stage = await makeStage(shell);
      await arm(stage, process.pid, '1.2');

      const ran = await stage.hook(HOOK, [state], { stdin: LINES });

      expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
      expect(await named(join(stage.state, 'notes'), '1.2')).toEqual([]);
      expect(await named(stage.hooks, HOOK)).toEqual([HOOK]);
    },
  );

  test.each([
    ['closed input', '<&-'],
    ['closed output', '>&- 2>&-'],
    ['all of them closed', '<&- >&- 2>&-'],
    ['a full device for its output', '>/dev/full 2>&1'],
  ])('does well with %s', async (_, redirection) => {
    const stage = await makeStage(shell);
    await arm(stage, process.pid, '1.2');

    const by = ['/bin/sh', '-c', `exec "$@" ${redirection}`, 'sh'];
    const ran = await stage.hook(HOOK, ['committed'], { stdin: redirection.includes('<') ? '' : LINES, by });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('does well without our folder', async () => {
    const stage = await makeStage(shell);
    await writeFile(join(stage.hooks, HOOK), await readFile(join(stage.state, HOOK)));
    await run('rm', ['-r', stage.state], { cwd: stage.root, env: stage.env });

    expect(await stage.hook(HOOK, ['committed'], { stdin: LINES })).toMatchObject({
      exitCode: 0,
      stderr: '',
    });
  });

  test('takes itself out, and what is stale with it, when no push is alive', async () => {
    const stage = await makeStage(shell);
    await arm(stage, await deadPid(), '1.2');

    const ran = await stage.hook(HOOK, ['committed'], { stdin: LINES });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await named(stage.hooks, HOOK)).toEqual([]);
    expect(await readdir(join(stage.state, 'notes'))).toEqual([]);
    expect(await named(stage.state, HOOK)).toEqual([HOOK]);
  });

  test('stays while another push is alive, and notes nothing', async () => {
    const stage = await makeStage(shell);
    const { pid } = await startSleeper();
    await arm(stage, await deadPid(), '1.2');
    await arm(stage, pid, '3.4');

    const ran = await stage.hook(HOOK, ['committed'], { stdin: LINES });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await named(stage.hooks, HOOK)).toEqual([HOOK]);
    expect(await readdir(join(stage.state, 'notes'))).toContain(`cur.${pid}`);
    expect((await readdir(join(stage.state, 'notes'))).filter((name) => name.endsWith('.rt'))).toEqual([]);
  });

  test.skipIf(lacks('strace')).each([
    ['it notes', 'committed', true],
    ['it has nothing to do', 'prepared', true],
    ['another push is under way', 'committed', false],
  ])('starts no process when %s', async (_, state, isOwn) => {
    const stage = await makeStage(shell);
    const { pid } = await startSleeper();
    // Its parent is then strace, which is the push.
    const trace = join(stage.root, 'trace');
    const by = ['strace', '-f', '-o', trace, '-e', 'trace=process'];
    const own = [
      '/bin/sh',
      '-c',
      'echo 1.2 >"$1/cur.$$"; shift; exec "$@"',
      'sh',
      join(stage.state, 'notes'),
    ];
    await arm(stage, pid, '3.4');

    const ran = await stage.hook(HOOK, [state], { stdin: LINES, by: isOwn ? [...own, ...by] : by });

    const calls = (await readFile(trace, 'utf8')).match(/\b(?:execve|v?fork|clone3?)(?=\()/g);
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(calls).toEqual(['execve']);
    expect(await named(join(stage.state, 'notes'), '1.2.rt')).toEqual(
      isOwn && state === 'committed' ? ['1.2.rt'] : [],
    );
  });
});
