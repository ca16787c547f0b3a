import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { isRecord } from '../core/record.ts';
import type { Env } from '../platform/effects.ts';
import { access, constants, hasCode, makeFolder, readText } from '../platform/files.ts';
import { userFolders } from './user-folders.ts';

/** The user's own choices, in `config.json` of the user's folder. */
export interface Preferences {
  /**
   * `off`: pushes are confirmed by watching alone. `armed`: by git's transactions as well, by a hook that is there
   * while a push is in flight and until the next command that changes a ref, which starts one process more.
   */
  readonly 'reference-transaction': 'armed' | 'off';
  /** `never`: a remote is never asked; pushes that leave no local trace stay unconfirmed. */
  readonly 'verify-remote': 'auto' | 'never';
}

const UNREADABLE = ['EISDIR', 'EACCES', 'EPERM', 'ELOOP'] as const;
// Not armed: a command of another terminal that has found the hook just before it is taken out fails.
const DEFAULTS: Preferences = { 'reference-transaction': 'off', 'verify-remote': 'auto' };

/** Reads the preferences without `conf`: for the runner. A broken file counts as none. */
export async function readPreferences(env: Env): Promise<Preferences> {
  const folder = userFolders(env)?.config;
  if (!folder) return DEFAULTS;
  try {
    const value: unknown = JSON.parse((await readText(join(folder, 'config.json'), 64 * 1024)) ?? '{}');
    return isRecord(value) ? withDefaults(value) : DEFAULTS;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return DEFAULTS;
    if (hasCode(error, ...UNREADABLE)) return DEFAULTS;
    throw error;
  }
}

/** Opens the preferences for a command, by `conf`; the defaults where the user's folder cannot be written. */
export async function openPreferences(env: Env): Promise<Preferences> {
  const folder = userFolders(env)?.config;
  if (!folder) return DEFAULTS;
  // conf never comes back from a folder that it cannot make or write.
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK);
  } catch {
    return await readPreferences(env);
  }
  const path = join(folder, 'config.json');
  try {
    if ((await readText(path)) === null) return DEFAULTS;
    const { default: Conf } = await import('conf');
    const store = new Conf<Record<string, unknown>>({
      cwd: folder,
      configName: 'config',
      clearInvalidConfig: false,
      configFileMode: 0o600,
      projectName: 'codearts-hooks',
    });
    return withDefaults(store.store);
  } catch (error) {
    const isUnreadable = hasCode(error, ...UNREADABLE);
    if (!(error instanceof SyntaxError) && !isUnreadable) throw error;
    const what = isUnreadable ? 'cannot be read' : 'are not valid JSON';
    throw new UserError('config-invalid', `your preferences in ${path} ${what}`, {
      hint: 'mend or remove that file',
      cause: error,
    });
  }
}

function withDefaults(value: Readonly<Record<string, unknown>>): Preferences {
  return {
    'reference-transaction': value['reference-transaction'] === 'armed' ? 'armed' : 'off',
    'verify-remote': value['verify-remote'] === 'never' ? 'never' : 'auto',
  };
}
