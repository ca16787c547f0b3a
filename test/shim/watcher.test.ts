import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { chmod, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRunning } from '../../src/platform/processes.ts';
import { run, until } from '../fixtures/run.ts';
import { startSleeper } from '../fixtures/sleeper.ts';
import { lacks } from '../fixtures/unavailable.ts';
import { hidingUsualNodes } from './hidden-nodes.ts';
import { pushStandIn, watchOf } from './push-stand-in.ts';
import { inEachShell, pathOf } from './shells.ts';
import { type Stage, useStage } from './stage.ts';

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

const makeStage = useStage();

/** State, parent, process group, session ...: what follows the name in proc(5). */
function statOf(pid: number): string[] {
  return (readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ');
}

/** What those descriptors of a process are that a shell can close: 0 to 9. */
function descriptorsOf(pid: number): Record<string, string> {
  const names = readdirSync(`/proc/${pid}/fd`).filter((fd) => Number(fd) < 10);
  return Object.fromEntries(names.map((fd) => [fd, readlinkSync(`/proc/${pid}/fd/${fd}`)]));
}

/** The same, but for the moments in which the shell reads a file of /proc: those are none of the push. */
async function heldBy(pid: number): Promise<Record<string, string>> {
  return await until('the shell not to read', async () => {
    try {
      const found = descriptorsOf(pid);
      return !Object.values(found).some((link) => link.startsWith('/proc/')) && found;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null; // just closed
      throw error;
    }
  });
}

/** Makes the remote take its time with what it is sent; gives the function that lets it accept. */
async function holdRemote({ root }: Stage): Promise<() => Promise<void>> {
  const hook = join(root, 'remote.git', 'hooks', 'pre-receive');
  await run('mkdir', ['-p', join(hook, '..')], { cwd: root, env: {} });
  await writeFile(hook, `#!/bin/sh\nuntil test -e '${root}/accept'; do sleep 0.02; done\n`);
  await chmod(hook, 0o755);
  return () => writeFile(join(root, 'accept'), '');
}

/** A PATH with nothing on it but what the shims run, and of that not the given programs. */
async function pathWithout({ root }: Stage, ...missing: readonly string[]): Promise<string> {
  const bin = join(root, 'few');
  await run('mkdir', [bin], { cwd: root, env: {} });
  for (const tool of ['sleep', 'rm', 'ln', 'cat', 'setsid', 'git']) {
    if (!missing.includes(tool)) await symlink(pathOf(tool), join(bin, tool));
  }
  return `${join(root, 'bin')}:${bin}`;
}

inEachShell('the watcher', (shell) => {
  test('holds nothing of a push under way, and becomes the runner when it ends', async () => {
    const stage = await makeStage(shell);
    const accept = await holdRemote(stage);
    await stage.git(['commit', '--quiet', '--allow-empty', '--message', 'one']);

    const env = { ...stage.env, RUNNER_STAYS: '1' };
    const pushing = stage.git(['push', '--quiet', 'origin', 'main'], { env });
    const { name, pid, start } = await watchOf(stage);
    const descriptors = await heldBy(pid);
    const [note] = await stage.notes();
    const push = statOf(note?.push?.pid ?? 0);
    const ofPush = descriptorsOf(note?.push?.pid ?? 0);
    await accept();
    const pushed = await pushing;
    const [started] = await stage.started();
    await stage.release();

    expect(descriptors).toEqual({ 0: '/dev/null', 1: '/dev/null', 2: '/dev/null' });
    expect(Object.values(ofPush).filter((link) => link.startsWith('pipe:')).length).toBeGreaterThan(0);
    expect({ start: note?.push?.start, name }).toEqual({
      start: push[19],
      name: expect.stringMatching(/^\d+\.\d+$/),
    });
    expect(start).not.toBe('');
    expect(pushed).toMatchObject({ stdout: '', stderr: '' });
    expect(started).toMatchObject({ pid, argv: ['push', name], stdin: '', session: pid, cwd: stage.state });
    expect(started?.descriptors).toMatchObject({ 0: '/dev/null', 1: '/dev/null', 2: '/dev/null' });
  });

  test('outlives Ctrl-C and the closing of the terminal', async () => {
    const stage = await makeStage(shell);
    const held = await pushStandIn(stage);
    const { name, pid } = await watchOf(stage);
    const group = Number(statOf(pid)[2]);

    for (const signal of SIGNALS) process.kill(pid, signal);
    const isAlive = isRunning({ pid, start: '', boot: null });
    for (const signal of SIGNALS) process.kill(-group, signal);
    await held.end().catch(() => undefined);

    expect(isAlive).toBe(true);
    expect(await stage.started()).toMatchObject([{ pid, argv: ['push', name] }]);
  });

  test('takes a push for ended whose parent does not care', async () => {
    const stage = await makeStage(shell);
    const held = await pushStandIn(stage, { isUnreaped: true });
    const { name } = await watchOf(stage);
    const [note] = await stage.notes();

    await held.end();
    const [started] = await stage.started();

    expect(started?.argv).toEqual(['push', name]);
    expect(statOf(note?.push?.pid ?? 0)[0]).toBe('Z');
  });

  test('does not wait for another process that has got the id', async () => {
    const stage = await makeStage(shell);
    const { pid } = await startSleeper();
    const wrong = String(Number(statOf(pid)[19]) - 1);
    const options = { path: './watch', cwd: stage.state };

    const ran = await stage.hook('watch', [String(pid), wrong, '1.2'], options);

    expect(ran.exitCode).toBe(0);
    expect(await stage.runs()).toMatchObject([{ pid: ran.pid, argv: ['push', '1.2'] }]);
    expect(isRunning({ pid, start: '', boot: null })).toBe(true);
  });

  test('waits for the very process, and no longer', async () => {
    const stage = await makeStage(shell);
    const sleeper = await startSleeper();
    const start = statOf(sleeper.pid)[19] ?? '';
    const options = { path: './watch', cwd: stage.state };

    const watching = stage.hook('watch', [String(sleeper.pid), start, '1.2', 'url'], {
      ...options,
      stdin: 'u\n',
    });
    const { pid } = await watchOf(stage);
    await until('a nap', async () => (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')) !== '');
    const before = await stage.runs();
    await sleeper.end();
    await watching;

    expect(before).toEqual([]);
    expect(await stage.runs()).toMatchObject([{ pid, argv: ['push', '1.2', 'url'], stdin: 'u\n' }]);
  });

  test('does with a sleep that knows whole seconds only', async () => {
    const stage = await makeStage(shell);
    const sleep = join(stage.root, 'bin', 'sleep');
    await writeFile(sleep, `#!/bin/sh\ncase $1 in *.*) exit 1 ;; esac\nexec ${pathOf('sleep')} "$1"\n`);
    await chmod(sleep, 0o755);

    const held = await pushStandIn(stage);
    const { pid } = await watchOf(stage);
    await held.end();

    expect(await stage.started()).toMatchObject([{ pid }]);
  });

  test.each(['sleep', 'setsid', 'rm', 'ln', 'cat'])('does without %s', async (tool) => {
    const stage = await makeStage(shell);
    const env = { PATH: await pathWithout(stage, tool) };
    await writeFile(join(stage.state, 'arm'), '');

    const held = await pushStandIn(stage, { env });
    const { pid } = await watchOf(stage);
    await held.end();

    expect(await stage.started()).toMatchObject([{ pid }]);
  });

  test('finds node by a path with spaces', async () => {
    const stage = await makeStage(shell);
    const node = join(stage.root, ' node  of mine ');
    await symlink(process.execPath, node);
    await writeFile(join(stage.state, 'node'), `${node}\n`);

    await stage.hook('pre-push', ['origin', 'u']);

    expect(await stage.started()).toMatchObject([{ execPath: node }]);
  });

  test.skipIf(lacks('mounts'))(
    'finds node on the PATH when it has moved, and leaves the note when there is none',
    async () => {
      const stage = await makeStage(shell);
      await rm(join(stage.state, 'node'));
      const env = { PATH: await pathWithout(stage, 'node'), node: '/bin/false', _node: '/bin/false' };

      const without = await stage.hook('pre-push', ['origin', 'u'], { env, by: hidingUsualNodes() });
      await until(
        'the end of the watcher',
        async () => !isRunning({ ...(await watchOf(stage)), boot: null }),
      );
      await symlink(process.execPath, join(stage.root, 'few', 'node'));
      const withNode = await stage.hook('pre-push', ['origin', 'u'], { env });

      expect(without).toMatchObject({ exitCode: 0, stderr: '' });
      expect(withNode).toMatchObject({ exitCode: 0, stderr: '' });
      expect(await stage.started()).toMatchObject([{ argv: ['push', `${process.pid}.${withNode.pid}`] }]);
      expect(await stage.noteNames()).toContain(`${process.pid}.${without.pid}`);
    },
  );

  test.skipIf(lacks('mounts'))('starts the runner at once where there is no /proc', async () => {
    const stage = await makeStage(shell);
    const by = ['unshare', '--mount', 'sh', '-c', 'mount -t tmpfs none /proc && exec "$@"', 'sh'];

    const ran = await stage.hook('pre-push', ['origin', 'u'], { by });
    const { name, pid, start } = await watchOf(stage);

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await stage.noteText(name)).toMatch(/^codearts-hooks 1\nhook pre-push\npush 0 0\ncwd \//);
    expect(await stage.started()).toMatchObject([{ pid, argv: ['push', name] }]);
    expect(start).toBe('');
  });
});
