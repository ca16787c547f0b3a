import { dirname } from 'node:path';
import { UserError } from '../core/errors.ts';
import { t } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import {
  hasCode,
  link,
  lstat,
  makeFolder,
  orNull,
  removeFile,
  rename,
  stat,
  writeAtomic,
} from '../platform/files.ts';
import { type Git, openGit } from '../platform/git.ts';
import type { Repository } from '../platform/repository.ts';
import type { Action } from './plan.ts';

/**
 * Does what was planned, in order. After each step, also when the process is ended there, git works in this
 * repository, and a hook that was there before is run.
 */
export async function applyActions(
  actions: readonly Action[],
  { commonDir }: Pick<Repository, 'commonDir'>,
  env: Env,
): Promise<void> {
  const git = openGit(commonDir, commonDir, env);
  for (const action of actions) await apply(action, git);
}

async function apply(action: Action, git: Git): Promise<void> {
  switch (action.kind) {
    case 'make-folder':
      return await makeFolder(action.path, action.mode);
    case 'write': {
      await makeFolder(dirname(action.path), 0o755);
      const mode = action.mode ?? ((await orNull(stat(action.path)))?.mode ?? 0o644) & 0o777;
      return await writeAtomic(action.path, action.text, { mode });
    }
    case 'keep':
      return await keep(action.path, action.as);
    case 'remove':
      return void (await removeFile(action.path));
    case 'configure':
      return await configure(action.key, action.value, git);
  }
}

/** A second name for a file, which keeps the first until ours takes it. @throws {UserError} `install-refused` */
async function keep(path: string, as: string): Promise<void> {
  await makeFolder(dirname(as), 0o755);
  try {
    await link(path, as);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) throw keptAlready(path, as);
    // A file system without hard links.
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR')) throw error;
    if (await orNull(lstat(as))) throw keptAlready(path, as);
    await rename(path, as);
  }
}

/** There is a hook already where another is to be kept. */
export function keptAlready(path: string, as: string): UserError {
  return new UserError('install-refused', t`${path} would be kept as ${as}, but that is there already`, {
    hint: t`move one of the two out of the way: ${as}`,
  });
}

async function configure(key: string, value: string, git: Git): Promise<void> {
  const { exitCode, stderr } = await git.run(['config', '--local', '--replace-all', key, value]);
  if (exitCode === 0) return;
  throw new UserError('git-failed', t`git cannot set ${key}: ${stderr.trim()}`, {
    hint: t`see that .git/config can be written, and that no config.lock is left beside it`,
  });
}
