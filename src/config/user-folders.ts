import { join } from 'node:path';
import type { Env } from '../platform/effects.ts';

/**
 * The user's own folders of this program by the XDG Base Directory Specification (`%LOCALAPPDATA%` on
 * Windows), or null when the environment names none: then nothing is kept at user level.
 */
export function userFolders(env: Env): { readonly config: string; readonly state: string } | null {
  const home = env['HOME'] ?? env['USERPROFILE'];
  const local = env['LOCALAPPDATA'];
  const config = env['XDG_CONFIG_HOME'] || (local ?? (home ? join(home, '.config') : null));
  const state = env['XDG_STATE_HOME'] || (local ?? (home ? join(home, '.local', 'state') : null));
  if (!config || !state) return null;
  return { config: join(config, 'codearts-hooks'), state: join(state, 'codearts-hooks') };
}
