import { isAbsolute, join } from 'node:path';
import type { Env } from '../platform/effects.ts';

/** Absolute paths; none need be there. */
export interface UserFolders {
  /** Preferences and credentials. */
  readonly config: string;
  /** Approvals, the list of repositories, spools of last resort. */
  readonly state: string;
  /** Tokens, which can be had again. */
  readonly cache: string;
}

/**
 * The user's own folders of this program by the XDG Base Directory Specification (`%LOCALAPPDATA%` on
 * Windows), or null when the environment names none: then nothing is kept at user level.
 */
export function userFolders(env: Env): UserFolders | null {
  const home = absolute(env['HOME']) ?? absolute(env['USERPROFILE']);
  const local = absolute(env['LOCALAPPDATA']);
  const config = absolute(env['XDG_CONFIG_HOME']) ?? local ?? (home && join(home, '.config'));
  const state = absolute(env['XDG_STATE_HOME']) ?? local ?? (home && join(home, '.local', 'state'));
  if (!config || !state) return null;
  const cache =
    absolute(env['XDG_CACHE_HOME']) ?? (local && join(local, 'cache')) ?? (home && join(home, '.cache'));
  return {
    config: join(config, 'codearts-hooks'),
    state: join(state, 'codearts-hooks'),
    cache: cache ? join(cache, 'codearts-hooks') : join(state, 'codearts-hooks', 'cache'),
  };
}

/** A relative path is no place, by the specification: it would be another one in each folder. */
function absolute(path: string | undefined): string | null {
  return path && isAbsolute(path) ? path : null;
}
