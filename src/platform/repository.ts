import { isAbsolute, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { t } from '../core/translate.ts';
import type { Env } from './effects.ts';
import { access, constants, hasCode, orNull, realpath, stat } from './files.ts';
import { type ConfigEntry, PUSH_KEYS, parseConfig } from './git-config.ts';
import { gitEnv } from './git-env.ts';
import { type Finished, runToEnd, startProcess } from './git-process.ts';

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
 * @throws {UserError} `not-a-repository`; `no-git`; `git-failed`; `usage` when there is no such folder, or it cannot be entered
 */
export async function findRepository(folder: string, env: Env): Promise<Repository> {
  await wantFolder(folder);
  const ask = askerAt(folder, env);
  const [found, configured] = await Promise.all([
    // The last two fail in a bare repository, and the last in its `.git`: what was printed before counts.
    ask(['rev-parse', '--git-common-dir', '--absolute-git-dir', '--git-path', 'hooks', ...WORK_TREE]),
    ask(['config', '--show-scope', '-z', '--get-regexp', KEYS]),
  ]);
  const [common = '', gitDir = '', hooks = '', isInside = '', top = '', ...more] = found.stdout.split('\n');
  if (hooks === '') throw whyNone(folder, found.stderr);
  if (!['true', 'false'].includes(isInside) || more.length > 1) throw oddPath(folder);
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  const config = parseConfig(configured.stdout, true);
  return {
    commonDir: await wantReal(absolute(common), folder),
    gitDir: await wantReal(absolute(gitDir), folder),
    workTree: isInside === 'true' ? top : null,
    hooksDir: absolute(hooks),
    hooksPathScope: config.findLast(({ key }) => key === 'core.hookspath')?.scope ?? null,
    config,
  };
}

/** Whether an error says that a folder is in no repository; without git there are none. */
export function isNowhere(error: unknown): boolean {
  return error instanceof UserError && (error.code === 'not-a-repository' || error.code === 'no-git');
}

/** @throws {UserError} `usage` when there is no such folder, or it cannot be entered */
async function wantFolder(folder: string): Promise<void> {
  const refusal = (message: string) =>
    new UserError('usage', message, {
      hint: t`-C takes the path of a folder that is there; without it, the folder that you are in counts`,
    });
  try {
    if ((await stat(folder)).isDirectory()) {
      await access(folder, constants.X_OK);
      return;
    }
  } catch (error) {
    if (hasCode(error, 'EACCES')) throw refusal(t`the folder ${folder} cannot be entered`);
    if (!hasCode(error, 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP')) throw error;
  }
  throw refusal(t`there is no folder ${folder}`);
}

/** @throws {UserError} `usage` */
async function wantReal(path: string, folder: string): Promise<string> {
  const found = await orNull(realpath(path));
  if (found === null) throw oddPath(folder);
  return found;
}

/** git tells of paths a line each, and we take them for UTF-8. */
function oddPath(folder: string): UserError {
  return new UserError('usage', t`the path of ${folder} has a line end in it, or is not UTF-8`, {
    hint: t`give the folder another name`,
  });
}

/** Why git has found no repository. A repository of somebody else's it does not touch, and says how to make it. */
function whyNone(folder: string, stderr: string): UserError {
  const [remedy] = /git config --global --add safe\.directory .*/.exec(stderr) ?? [];
  if (remedy !== undefined)
    return new UserError('not-a-repository', t`the repository at ${folder} belongs to somebody else`, {
      hint: remedy,
    });
  const [, reason] = /^fatal: (?!not a git repository)(.*)$/m.exec(stderr) ?? [];
  if (reason !== undefined)
    return new UserError('git-failed', t`git does not read the repository at ${folder}: ${reason}`, {
      hint: `git -C '${folder}' status`,
    });
  return new UserError('not-a-repository', t`no git repository at ${folder}`, {
    hint: t`go into one, name one with -C <dir>, or make one with git init`,
  });
}

/** Runs git as the user would in that folder; gives what it prints, whatever becomes of it. */
function askerAt(folder: string, env: Env): (args: readonly string[]) => Promise<Finished> {
  const named = Object.fromEntries(NAMING.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const options = { cwd: folder, env: { ...gitEnv(env), ...named } };
  return async (args) => {
    const finished = await runToEnd(startProcess('git', args, options), { timeoutMs: null });
    if (finished.problem !== '') throw cannotStart(finished.problem);
    return finished;
  };
}

function cannotStart(problem: string): UserError {
  const message = t`git cannot be started: ${problem}`;
  return problem.endsWith(' ENOENT')
    ? new UserError('no-git', message, { hint: t`install git, or put its folder in PATH` })
    : new UserError('git-failed', message, { hint: 'git --version' });
}
