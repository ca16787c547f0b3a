import { isAbsolute, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { t } from '../core/translate.ts';
import type { Env } from './effects.ts';
import { orNull, realpath, stat } from './files.ts';

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
}

// simple-git leaves out whatever is not on this list; what says which repository is meant must stay.
const KEPT = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_CONFIG_PARAMETERS',
  'GIT_CONFIG_COUNT',
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
];

// The format is always there: of a command that prints nothing, simple-git waits 50 ms for more.
const HOOKS_PATH = String.raw`^core\.(hookspath|repositoryformatversion)$`;
const WORK_TREE = ['--is-inside-work-tree', '--show-toplevel'];

/**
 * Finds the repository of a folder. For commands that a person calls; the hook path has `platform/git.ts`.
 *
 * @throws {UserError} `not-a-repository`; `usage` when there is no such folder
 */
export async function findRepository(folder: string, env: Env): Promise<Repository> {
  if (!(await orNull(stat(folder)))?.isDirectory()) {
    throw new UserError('usage', t`there is no folder ${folder}`, {
      hint: t`-C takes the path of a folder that is there; without it, the folder that you are in counts`,
    });
  }
  const { simpleGit } = await import('simple-git');
  const options = { baseDir: folder, allowEnvironment: [...KEPT, ...numbered(env)] };
  // One instance runs one command after the other; what does not succeed is told by what it printed before.
  const ask = async (args: string[]): Promise<string> =>
    await simpleGit({ ...options, errors: () => undefined }).raw(args);
  const [found, scopes] = await Promise.all([
    // The last two fail in a bare repository, and the last in its `.git`.
    ask(['rev-parse', '--git-common-dir', '--absolute-git-dir', '--git-path', 'hooks', ...WORK_TREE]),
    ask(['config', '--show-scope', '--get-regexp', HOOKS_PATH]),
  ]);
  const [common = '', gitDir = '', hooks = '', isInside, top = ''] = found.split('\n');
  if (hooks === '') {
    throw new UserError('not-a-repository', t`no git repository at ${folder}`, {
      hint: t`go into one, name one with -C <dir>, or make one with git init`,
    });
  }
  const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  return {
    commonDir: await realpath(absolute(common)),
    gitDir: await realpath(absolute(gitDir)),
    workTree: isInside === 'true' ? top : null,
    hooksDir: absolute(hooks),
    hooksPathScope: [...scopes.matchAll(/^(\w+)\tcore\.hookspath(?: |$)/gm)].at(-1)?.[1] ?? null,
  };
}

/** `GIT_CONFIG_KEY_<n>` and `GIT_CONFIG_VALUE_<n>`, which have no fixed names. */
function numbered(env: Env): string[] {
  return Object.keys(env).filter((name) => /^GIT_CONFIG_(?:KEY|VALUE)_\d+$/.test(name));
}
