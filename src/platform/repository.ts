import { isAbsolute, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { decodeBytes } from '../core/bytes.ts';
import { t } from '../core/translate.ts';
import type { Env } from './effects.ts';
import { orNull, realpath, stat } from './files.ts';
import { type ConfigEntry, PUSH_KEYS, parseConfig } from './git-config.ts';
import { gitEnv } from './git-env.ts';
import { OUTPUT_LIMIT, collect, startProcess } from './git-process.ts';

/** The repository that a command was called in; all paths absolute. */
export interface Repository {
  /** Shared by all worktrees. */
  readonly commonDir: string;
  readonly gitDir: string;
  /** Null in a bare repository. */
  readonly workTree: string | null;
  /** Where git looks for hooks now, by `core.hooksPath` or not. */
  readonly hooksDir: string;
  /** Which scope of git's configuration sets `core.hooksPath`; null: none does. */
  readonly hooksPathScope: string | null;
  /** What git's configuration has of remotes, of hooks and of ours. */
  readonly config: readonly ConfigEntry[];
}

/** What says which repository is meant, and is kept from a git of our own elsewhere. */
const NAMING = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_COMMON_DIR'];
const WORK_TREE = ['--is-inside-work-tree', '--show-toplevel'];
/** All of git's configuration that a command asks for: at once, as every process takes milliseconds. */
const KEYS = String.raw`^(${PUSH_KEYS}|hook\.codearts-hooks\..*)$`;

/**
 * Finds the repository of a folder. For commands, called where the user is; the hook path has `platform/git.ts`.
 *
 * @throws {UserError} `not-a-repository`; `usage` when there is no such folder; `git-failed` when there is no git
 */
export async function findRepository(folder: string, env: Env): Promise<Repository> {
  if (!(await orNull(stat(folder)))?.isDirectory()) {
    throw new UserError('usage', t`there is no folder ${folder}`, {
      hint: t`-C takes the path of a folder that is there; without it, the folder that you are in counts`,
    });
  }
  const ask = askerAt(folder, env);
  const [found, configured] = await Promise.all([
    // The last two fail in a bare repository, and the last in its `.git`: what was printed before counts.
    ask(['rev-parse', '--git-common-dir', '--absolute-git-dir', '--git-path', 'hooks', ...WORK_TREE]),
    ask(['config', '--show-scope', '-z', '--get-regexp', KEYS]),
  ]);
  const [common = '', gitDir = '', hooks = '', isInside, top = ''] = found.split('\n');
  if (hooks === '') {
    throw new UserError('not-a-repository', t`no git repository at ${folder}`, {
      hint: t`go into one, name one with -C <dir>, or make one with git init`,
    });
  }
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  const config = parseConfig(configured, true);
  return {
    commonDir: await realpath(absolute(common)),
    gitDir: await realpath(absolute(gitDir)),
    workTree: isInside === 'true' ? top : null,
    hooksDir: absolute(hooks),
    hooksPathScope: config.findLast(({ key }) => key === 'core.hookspath')?.scope ?? null,
    config,
  };
}

/** Runs git as the user would in that folder; what it prints on standard output, whatever becomes of it. */
function askerAt(folder: string, env: Env): (args: readonly string[]) => Promise<string> {
  const named = Object.fromEntries(NAMING.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const options = { cwd: folder, env: { ...gitEnv(env), ...named }, stderr: 'ignore' } as const;
  return async (args) => {
    const { child, ended, problem } = startProcess('git', args, options);
    const stdout = collect(child.stdout, OUTPUT_LIMIT, () => child.kill());
    await ended;
    if (problem() !== '')
      throw new UserError('git-failed', t`git cannot be started: ${problem()}`, {
        hint: t`install git, or put its folder in PATH`,
      });
    return decodeBytes(stdout());
  };
}
