import { join } from 'node:path';
import type { Repository } from '../platform/repository.ts';

/** Files of `hooks/` that are copied into the folder `codearts-hooks` of the repository. */
export const STATE_FILES = [
  'pre-push',
  'post-push',
  'reference-transaction',
  'note',
  'lines',
  'watch',
  'start',
] as const;

/** Hooks that get a file in the hooks dir, and where one that is there already goes. */
export const HOOKS = [
  { name: 'pre-push', keptAs: 'pre-push.next' },
  { name: 'post-push', keptAs: join('post-push.d', '00-user') },
] as const;

/** The folder of a repository that holds all that is ours. */
export function stateDirOf({ commonDir }: Pick<Repository, 'commonDir'>): string {
  return join(commonDir, 'codearts-hooks');
}

/** What an install has done to the hooks dir, kept for the uninstall. */
export interface Manifest {
  readonly version: string;
  /** Relative to git's common dir: a copy of a repository must not reach into the original. */
  readonly hooksDir: string;
  readonly madeHooksDir: boolean;
  /** Hooks that were there before, by name. */
  readonly kept: readonly string[];
}

/** Where the manifest is. */
export function manifestPath(stateDir: string): string {
  return join(stateDir, 'installed.json');
}
