import { join } from 'node:path';
import { DEEPEST, tooDeepAt } from '../core/nesting.ts';
import { isRecord } from '../core/record.ts';
import { t } from '../core/translate.ts';
import { hasCode, orNull, readText, stat } from '../platform/files.ts';
import type { Git } from '../platform/git.ts';
import { type Problem, locate, placeOf } from './problems.ts';
import type { Config } from './schema.ts';
import { type Finding, validateConfig } from './validate.ts';

/** The config of a repository. */
export interface LoadedConfig {
  /** Relative to the work tree; null when there is none. */
  readonly path: string | null;
  /** Null: there is none, or it is invalid. */
  readonly config: Config | null;
  /** Those that make it invalid come first; each kind in the order of the checks. */
  readonly problems: readonly Problem[];
}

/** Where a config may be, first found wins; in package.json under the key `codearts-hooks`. */
const CONFIG_PATHS = ['codearts-hooks.json', '.config/codearts-hooks.json', 'package.json'] as const;

const KEY = 'codearts-hooks';
const SIZE_LIMIT = 64 * 1024;
const NONE: LoadedConfig = { path: null, config: null, problems: [] };

/** Reads the config from a work tree. */
export async function loadConfig(workTree: string): Promise<LoadedConfig> {
  for (const path of CONFIG_PATHS) {
    const file = join(workTree, path);
    const found = await readIfAny(file, path);
    const loaded = typeof found === 'string' ? await readConfig(path, found) : found;
    if (loaded) return loaded;
  }
  return NONE;
}

/** The text of a config file, what is wrong with it, or null: there is none, or nothing of ours. */
async function readIfAny(file: string, path: string): Promise<string | LoadedConfig | null> {
  const isPackage = path === 'package.json';
  try {
    const info = await orNull(stat(file));
    if (!info) return null;
    if (!info.isFile()) return isPackage ? null : invalid(path, t`is not a file`);
    // Somebody's package.json may be large for reasons of its own.
    if (!isPackage && info.size > SIZE_LIMIT) return invalid(path, tooLarge(info.size));
    return await readText(file);
  } catch (error) {
    // Links in a circle, say, or another user's file: for the user to mend, and no reason to lose the push.
    if (hasCode(error, 'EACCES', 'EPERM', 'ELOOP'))
      return isPackage ? null : invalid(path, t`cannot be read`);
    throw error;
  }
}

/** Reads the config from a commit: for a bare repository, which has no work tree. */
export async function loadConfigFromCommit(git: Git, commit: string): Promise<LoadedConfig> {
  for (const path of CONFIG_PATHS) {
    const { exitCode, stdout } = await git.run(['cat-file', 'blob', `${commit}:${path}`]);
    if (exitCode !== 0) continue;
    const size = Buffer.byteLength(stdout);
    if (path !== 'package.json' && size > SIZE_LIMIT) return invalid(path, tooLarge(size));
    const loaded = await readConfig(path, stdout);
    if (loaded) return loaded;
  }
  return NONE;
}

function tooLarge(size: number): string {
  return t`is too large: ${size} bytes, at most ${SIZE_LIMIT}`;
}

function invalid(path: string, message: string, place = { line: 1, column: 1 }): LoadedConfig {
  return { path, config: null, problems: [{ key: '', ...place, message }] };
}

/** Null: it is not JSON. Any depth will do: node's own parser does not call itself. */
function parsed(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

async function readConfig(path: string, text: string): Promise<LoadedConfig | null> {
  const isPackage = path === 'package.json';
  const clean = text.replace(/^\uFEFF/, '');
  const whole = parsed(clean);
  // A broken package.json need not be ours: without the key's name in it, it is not.
  const names = whole ? isRecord(whole.value) && KEY in whole.value : clean.includes(`"${KEY}"`);
  if (isPackage && !names) return null;
  const deep = tooDeepAt(clean);
  if (deep !== null)
    return invalid(path, t`is nested more than ${DEEPEST} levels deep`, placeOf(clean, deep));
  if (!whole) return { path, config: null, problems: await locate(clean, []) };
  const value = isPackage && isRecord(whole.value) ? whole.value[KEY] : whole.value;
  const { config, findings } = validateConfig(value);
  const placed: readonly Finding[] = isPackage
    ? findings.map((finding) => ({ ...finding, path: [KEY, ...finding.path] }))
    : findings;
  // Most places have room for one, and a warning is not what makes it invalid.
  const worstFirst = placed.toSorted((a, b) => Number(b.isError) - Number(a.isError));
  return { path, config, problems: placed.length === 0 ? [] : await locate(clean, worstFirst) };
}
