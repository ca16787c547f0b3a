import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { run, until } from '../fixtures/run.ts';
import { pushStandIn, watchOf } from './push-stand-in.ts';
import { inEachShell } from './shells.ts';
import { lines, useStage } from './stage.ts';

const makeStage = useStage();

/** The command lines of all processes that hold a text. */
function commandLinesWith(text: string): string[] {
  const found: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (line.includes(text)) found.push(line);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error; // it has ended
    }
  }
  return found;
}

/** Waits until no process shows a text: one that the hook has forked has its command line for a moment. */
async function untilHidden(text: string): Promise<void> {
  await until('no process to show it', async () => commandLinesWith(text).length === 0);
}

inEachShell('a password in an address', (shell) => {
  for (const [what, before, after] of [
    ['of http', 'https://alice:', '@host/r.git'],
    ['of ssh', 'ssh://git:', '@host/r.git'],
    ['with a slash', 'https://alice:p/', '@host/r.git'],
    ['in a query', 'https://host/r.git?private_token=', ''],
  ] as const) {
    test(`${what} reaches the runner by its input, and nothing else`, async () => {
      const stage = await makeStage(shell);
      const password = randomUUID();
      const url = `${before}${password}${after}`;
      const held = await pushStandIn(stage, { url, env: { RUNNER_STAYS: '1' } });

      const { name } = await watchOf(stage);
      await untilHidden(password);
      await held.end();
      const [started] = await stage.started();
      await untilHidden(password);
      const files = await run('grep', ['-rl', password, '.'], {
        cwd: stage.dir,
        env: stage.env,
        mayFail: true,
      });
      await stage.release();

      expect(started).toMatchObject({ argv: ['push', name, 'url'], stdin: `${url}\n` });
      expect(files.stdout).toBe('');
    });
  }

  test('of a push by URL is not in the name of the remote either', async () => {
    const stage = await makeStage(shell);
    const url = 'https://alice:S3CR-canary-7b@host/r.git';

    await stage.hook('pre-push', [url, url], { stdin: lines(1) });

    expect(await stage.notes()).toMatchObject([{ remote: 'https://host/r.git', url: 'https://host/r.git' }]);
  });

  test('does not stay in the process list when the disk takes no note', async () => {
    const stage = await makeStage(shell);
    const password = randomUUID();
    const url = `https://alice:${password}@host/r.git`;
    await run('rm', ['-r', join(stage.state, 'notes')], { cwd: stage.root, env: stage.env });
    const env = { RUNNER_STAYS: '1' };

    const { exitCode, pid } = await stage.hook('pre-push', [url, url], { stdin: lines(3000), env });
    const [started] = await stage.started();
    await untilHidden(password);
    await stage.release();

    expect(exitCode).toBe(0);
    expect(started?.argv).toEqual(['push', `${process.pid}.${pid}`, 'handed-over']);
    expect(started?.stdin.split('\n')[0]).toBe(url);
  });

  test('that post-push is given does not stay in the process list', async () => {
    const stage = await makeStage(shell);
    const password = randomUUID();
    const url = `https://alice:${password}@host/r.git`;
    await run('rm', ['-r', join(stage.state, 'in')], { cwd: stage.root, env: stage.env });
    const env = { RUNNER_STAYS: '1' };

    const { exitCode } = await stage.hook('post-push', [url, url], { stdin: '', env });
    const [started] = await stage.started();
    await untilHidden(password);
    await stage.release();

    expect(exitCode).toBe(0);
    expect(started?.stdin).toContain('\nurl https://host/r.git\n');
  });
});

test('a password in the process list would be found', async () => {
  const password = randomUUID();
  const child = spawn('sh', ['-c', 'read -r end', 'sh', password], { stdio: ['pipe', 'ignore', 'ignore'] });
  onTestFinished(async () => {
    child.stdin.end();
    await once(child, 'exit');
  });

  expect(commandLinesWith(password)).toHaveLength(1);
});
