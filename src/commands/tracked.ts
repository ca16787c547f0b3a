import type { Env } from '../platform/effects.ts';
import { openGit } from '../platform/git.ts';
import type { Repository } from '../platform/repository.ts';

/** Whether git tracks the file at `path`. */
export async function isTracked(path: string, { gitDir, workTree }: Repository, env: Env): Promise<boolean> {
  if (workTree === null) return false;
  const git = openGit(gitDir, workTree, env);
  return (await git.run(['ls-files', '--error-unmatch', '--', path])).exitCode === 0;
}
