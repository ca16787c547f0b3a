import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import type { Env } from '../platform/effects.ts';
import {
  isSystemError,
  listNames,
  makeFolder,
  orNull,
  readText,
  removeFile,
  stat,
  writeAtomic,
} from '../platform/files.ts';
import { userFolders } from './user-folders.ts';

/** Where a repository's spool is when its own folder cannot be written; null where the environment names no place. */
export function fallbackSpool(commonDir: string, env: Env): string | null {
  const folders = userFolders(env);
  return folders && join(folders.state, 'spool', key(commonDir));
}

/** Where installs, uninstalls and repairs of a repository take turns; null where the environment names no place. */
export function installLockFolder(commonDir: string, env: Env): string | null {
  const folders = userFolders(env);
  return folders && join(folders.state, 'locks', key(commonDir));
}

const KEY = /^[0-9a-f]{16}$/;

/**
 * Adds a repository to the user's list, by which `flush --all` finds it. Best effort: a home that cannot be
 * written costs that, and no push.
 */
export async function registerRepository(commonDir: string, env: Env): Promise<void> {
  const folder = reposFolder(env);
  if (!folder) return;
  try {
    await makeFolder(folder);
    const path = join(folder, key(commonDir));
    if ((await readText(path)) === null) await writeAtomic(path, `${commonDir}\n`, { durable: false });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** Takes a repository from the list. */
export async function unregisterRepository(commonDir: string, env: Env): Promise<void> {
  const folder = reposFolder(env);
  if (folder) await removeFile(join(folder, key(commonDir)));
}

/** The listed repositories that are still there, by their common dirs; others are taken from the list. */
export async function listRepositories(env: Env): Promise<string[]> {
  const folder = reposFolder(env);
  if (!folder) return [];
  const found: string[] = [];
  for (const name of (await listNames(folder)).filter((each) => KEY.test(each))) {
    const commonDir = ((await readText(join(folder, name))) ?? '').replace(/\n$/, '');
    const isThere = isAbsolute(commonDir) && (await orNull(stat(join(commonDir, 'codearts-hooks')))) !== null;
    if (isThere) found.push(commonDir);
    else await removeFile(join(folder, name));
  }
  return found;
}

function reposFolder(env: Env): string | null {
  const folders = userFolders(env);
  return folders && join(folders.state, 'repos');
}

function key(commonDir: string): string {
  return createHash('sha256').update(commonDir).digest('hex').slice(0, 16);
}
