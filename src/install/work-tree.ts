import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { orNull, realpath } from '../platform/files.ts';
import { openGit } from '../platform/git.ts';
import type { Repository } from '../platform/repository.ts';
import type { PlanInput } from './plan.ts';

/** Whether a path is in the work tree, where what is written shows in everybody's git status. */
function isInWorkTree(path: string, { workTree, commonDir, gitDir }: Repository): boolean {
  const isWithin = (folder: string) =>
    !relative(folder, path).startsWith('..') && !isAbsolute(relative(folder, path));
  return workTree !== null && isWithin(workTree) && !isWithin(commonDir) && !isWithin(gitDir);
}

/** Whether a file may be written: outside the work tree, ignored by git, or with the user's consent. */
export async function mayChange(path: string, input: PlanInput): Promise<boolean> {
  const { repository, mayChangeWorkTree, env } = input;
  // The hooks dir may be a link to a folder of the team.
  const folder = (await orNull(realpath(dirname(path)))) ?? dirname(path);
  const isOutside = !isInWorkTree(join(folder, basename(path)), repository);
  if (mayChangeWorkTree || repository.workTree === null || isOutside) return true;
  const git = openGit(repository.gitDir, repository.workTree, env);
  const { exitCode } = await git.run(['check-ignore', '--quiet', '--', path]);
  return exitCode === 0;
}
