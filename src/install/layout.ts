import { join } from 'node:path';
import type { Repository } from '../platform/repository.ts';

/** Files of `hooks/` that are copied into the folder `codearts-hooks` of the repository. */
export const STATE_FILES = [
  'pre-push',
  'post-push',
  'post-receive',
  'reference-transaction',
  'note',
  'lines',
  'feed',
  'watch',
  'start',
] as const;

/** What is copied there from `dist`: the first reads the second, with what V8 made of it the last time. */
export const RUNNER_FILES = ['boot.cjs', 'runner.cjs'] as const;

/** A hook that may get a file in the hooks dir. */
export type HookName = 'pre-push' | 'post-push' | 'post-receive';

/** Where a hook that was there before goes, in the hooks dir, when it cannot stay in its place. */
export const KEPT_AS: Readonly<Record<HookName, string>> = {
  'pre-push': 'pre-push.next',
  'post-push': join('post-push.d', '00-user'),
  'post-receive': 'post-receive.next',
};

export const HOOK_NAMES = Object.keys(KEPT_AS) as readonly HookName[];

/** The folder of a repository that holds all that is ours. */
export function stateDirOf({ commonDir }: Pick<Repository, 'commonDir'>): string {
  return join(commonDir, 'codearts-hooks');
}
