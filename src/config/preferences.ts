import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { t } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import { access, constants, hasCode, makeFolder, readText } from '../platform/files.ts';
import {
  DEFAULT_PREFERENCES as DEFAULTS,
  type ParsedPreferences,
  type Preferences,
  parsePreferences,
} from './preference-values.ts';
import { userFolders } from './user-folders.ts';

export type { Preferences };

const UNREADABLE = ['EISDIR', 'EACCES', 'EPERM', 'ELOOP'] as const;

/** Reads the preferences without `conf`: for the runner. A broken file counts as none. */
export async function readPreferences(env: Env): Promise<Preferences> {
  return (await inspectPreferences(env)).preferences;
}

/** The same, with what is wrong in the file. */
export async function inspectPreferences(
  env: Env,
): Promise<ParsedPreferences & { readonly path: string | null }> {
  const folder = userFolders(env)?.config;
  if (!folder) return { preferences: DEFAULTS, problems: [], path: null };
  const path = join(folder, 'config.json');
  const broken = (why: string) => ({ preferences: DEFAULTS, problems: [why], path });
  try {
    const text = await readText(path, 64 * 1024);
    if (text === null) return { preferences: DEFAULTS, problems: [], path: null };
    return { ...parsePreferences(JSON.parse(text)), path };
  } catch (error) {
    if (error instanceof SyntaxError) return broken(t`is not valid JSON`);
    if (error instanceof RangeError) return broken(t`is larger than 64 KB`);
    if (hasCode(error, ...UNREADABLE)) return broken(t`cannot be read`);
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
    const { Conf } = await import('./conf.ts');
    const store = new Conf<Record<string, unknown>>({
      cwd: folder,
      configName: 'config',
      clearInvalidConfig: false,
      configFileMode: 0o600,
      projectName: 'codearts-hooks',
    });
    return parsePreferences(store.store).preferences;
  } catch (error) {
    const isUnreadable = hasCode(error, ...UNREADABLE);
    if (!(error instanceof SyntaxError) && !isUnreadable) throw error;
    const what = isUnreadable
      ? t`your preferences in ${path} cannot be read`
      : t`your preferences in ${path} are not valid JSON`;
    throw new UserError('config-invalid', what, {
      hint: t`mend or remove that file`,
      cause: error,
    });
  }
}
