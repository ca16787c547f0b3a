import { basename, dirname, join, resolve } from 'node:path';
import { isExecutable } from '../platform/executable.ts';
import { type Dirent, orNull, readdir, stat } from '../platform/files.ts';
import { openGit } from '../platform/git.ts';
import { gitEnv } from '../platform/git-env.ts';
import { runProgram } from '../platform/spawn.ts';
import type { ConfirmedPush, RunContext } from './run-context.ts';

const TIME_LIMIT_MS = 60_000;

/**
 * Runs the user's own post-push hooks, `post-push.d/*` in the hooks dir in the order of their names, and husky's
 * `.husky/post-push`: arguments
 * `<remote> <url>`, input `<old-oid> <new-oid> <ref>` a line, in the work tree. Once for each push, after its
 * builds are in the spool; output goes to the log.
 */
export async function runUserHooks(push: ConfirmedPush, run: RunContext): Promise<void> {
  const { env } = run.effects;
  const hooks = await findHooks(await hooksDirOf(push, run));
  const stdin = push.updates.map(({ before, after, ref }) => `${before} ${after} ${ref}\n`).join('');
  for (const [hook = '', ...args] of hooks) {
    const { exitCode, output } = await runProgram(hook, [...args, push.remote, push.url], {
      cwd: push.cwd,
      env: { ...gitEnv(env), GIT_DIR: push.gitDir },
      stdin,
      timeoutMs: TIME_LIMIT_MS,
    });
    if (exitCode !== 0 || output !== '')
      await run.log(`${[hook, ...args].at(-1)} exited with ${exitCode}: ${output.trim()}`);
  }
}

/** A process of git is saved where it is known: the build is under way. */
async function hooksDirOf({ gitDir, cwd, hasHooksPath }: ConfirmedPush, run: RunContext): Promise<string> {
  if (!hasHooksPath) return join(run.commonDir, 'hooks');
  const { stdout } = await openGit(gitDir, cwd, run.effects.env).run(['rev-parse', '--git-path', 'hooks']);
  return resolve(cwd, stdout.trim());
}

/** The programs to run, each with its first arguments. */
async function findHooks(hooksDir: string): Promise<string[][]> {
  const folder = join(hooksDir, 'post-push.d');
  const entries: Dirent[] = (await orNull(readdir(folder, { withFileTypes: true }))) ?? [];
  const paths = entries.map(({ name }) => join(folder, name)).sort();
  const found: string[][] = [];
  for (const path of paths) {
    const info = await orNull(stat(path));
    if (info?.isFile() && isExecutable(info.mode)) found.push([path]);
  }
  // Where husky has the hooks dir, the user's hooks are beside it, and sh runs them whatever their mode.
  const beside = join(dirname(hooksDir), 'post-push');
  if (basename(hooksDir) === '_' && (await orNull(stat(beside)))?.isFile()) found.push(['sh', '-e', beside]);
  return found;
}
