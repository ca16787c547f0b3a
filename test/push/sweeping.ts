import type { Cursors } from '../../src/push/cursors.ts';
import { readGitSettings } from '../../src/push/settings.ts';
import { type SweepContext, sweepReflogs } from '../../src/push/sweep.ts';
import type { Pushed } from '../fixtures/repo.ts';

export const MAIN = { ref: 'refs/heads/main' };

/** Commits, and pushes past the hooks; gives the commit. */
export async function push(repo: Pushed, ...args: string[]): Promise<string> {
  const after = await repo.commit('more');
  await repo.git(['push', '--quiet', '--no-verify', ...args]);
  return after;
}

/** Sweeps a repository with nothing open, unless a test says so. */
export async function sweep(
  repo: Pushed,
  cursors: Cursors,
  options: Partial<SweepContext> = {},
): ReturnType<typeof sweepReflogs> {
  const settings = await readGitSettings(repo.product);
  return await sweepReflogs(cursors, {
    commonDir: repo.gitDir,
    settings,
    now: Date.now(),
    open: [],
    ...options,
  });
}

/** A claim of a push of main to `origin`. */
export function claim(repo: Pushed, after: string, more: Partial<Cursors['claims'][number]> = {}) {
  return { remote: 'origin', url: repo.remote, startedAt: 0, updates: [{ ...MAIN, after }], ...more };
}
