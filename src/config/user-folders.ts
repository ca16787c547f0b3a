import { isAbsolute, join } from 'node:path';
import type { Env } from '../platform/effects.ts';

/**
 * The user's own folders of this program by the XDG Base Directory Specification (`%LOCALAPPDATA%` on
 * Windows), or null when the environment names none: then nothing is kept at user level.
 */
export function userFolders(env: Env): { readonly config: string; readonly state: string } | null {
  const home = absolute(env['HOME']) ?? absolute(env['USERPROFILE']);
  const local = absolute(env['LOCALAPPDATA']);
  const config = absolute(env['XDG_CONFIG_HOME']) ?? local ?? (home && join(home, '.config'));
  const state = absolute(env['XDG_STATE_HOME']) ?? local ?? (home && join(home, '.local', 'state'));
  if (!config || !state) return null;
  return { config: join(config, 'codearts-hooks'), state: join(state, 'codearts-hooks') };
}

/** A relative path is no place, by the specification: it would be another one in each folder. */
function absolute(path: string | undefined): string | null {
  return path && isAbsolute(path) ? path : null;
}
