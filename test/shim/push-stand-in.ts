import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, copyFile, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { hasCode } from '../../src/platform/files.ts';
import { until } from '../fixtures/run.ts';
import { pathOf } from './shells.ts';
import { type Stage, lines } from './stage.ts';

/** A process that looks to the shims like `git push`, and lasts as long as the test wants. */
export interface PushStandIn {
  /** Ends it. */
  readonly end: () => Promise<void>;
}

/** How it is to look. */
export interface PushStandInOptions {
  /** The address that is pushed to. */
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** Its name, instead of `git`. */
  readonly name: string;
  /** The end of its command line, instead of `push`. */
  readonly args: readonly string[];
  /** The name of a shell between it and the hook. */
  readonly between: string;
  /** Its parent does not ask how it ended. */
  readonly isUnreaped: boolean;
}

/**
 * Starts a stand-in for `git push`, the first of a process group: a shell by the name of git. Its pre-push hook has
 * run when this resolves.
 */
export async function pushStandIn(
  stage: Stage,
  options: Partial<PushStandInOptions> = {},
): Promise<PushStandIn> {
  const { root, dir, env } = stage;
  const { url = '../remote.git', name = 'git', args = ['push'], between, isUnreaped = false } = options;
  for (const shell of [name, between ?? name]) await makeShell(join(root, shell));
  await writeFile(join(root, 'lines'), lines(1));
  // In a file: a command line with its text would name a push.
  await writeFile(join(root, 'hook'), '.git/hooks/pre-push origin "$PUSH_URL" <../lines; exit "$?"\n');
  await writeFile(join(root, 'held'), '"$BETWEEN" ../hook; echo "$$ $?"; read -r end\n');
  const reaper = isUnreaped ? ['sh', '-c', 'exec 3<&0; "$@" <&3 & exec sleep 600', 'sh'] : [];
  const [program = '', ...rest] = [...reaper, join(root, name), '../held', ...args];
  const child = spawn(program, rest, {
    cwd: dir,
    env: {
      ...env,
      ...options.env,
      PUSH_URL: url,
      BETWEEN: between === undefined ? 'sh' : join(root, between),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const exit = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const [pid, status] = line.toString().trim().split(' ').map(Number);
  if (status !== 0) throw new Error(`the hook ended with ${status}`);
  return {
    end: async () => {
      process.kill(pid ?? 0, 'SIGKILL');
      if (!isUnreaped) await exit;
    },
  };
}

/** Puts a shell where there is none yet. */
async function makeShell(path: string): Promise<void> {
  try {
    await copyFile(pathOf('sh'), path, constants.COPYFILE_EXCL);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/** Waits until a push is watched: gives the name of its note, and the watcher's process id and start time. */
export async function watchOf({ state }: Stage): Promise<{ name: string; pid: number; start: string }> {
  const notes = join(state, 'notes');
  return await until('the watcher', async () => {
    const file = (await readdir(notes)).find((name) => name.endsWith('.watch'));
    if (file === undefined) return null;
    const [pid = '', start = ''] = (await readFile(join(notes, file), 'utf8')).trim().split(' ');
    return pid !== '' && { name: file.slice(0, -'.watch'.length), pid: Number(pid), start };
  });
}
