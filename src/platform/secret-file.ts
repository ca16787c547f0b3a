import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { t } from '../core/translate.ts';
import { hasCode, isSystemError, makeFolder, open, stat, writeAtomic } from './files.ts';
import { SYSTEM } from './system.ts';

/** What a file that holds secrets is found to be. */
export type SecretFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none' }
  /**
   * Others could read or have written it, or it cannot be read at all: it is not used. A sentence about `path`.
   * `text`, for who writes it anew: what it says, where others could only read it; null: nobody knows who wrote it.
   */
  | { readonly kind: 'unsafe'; readonly reason: string; readonly text: string | null };

const LIMIT_BYTES = 1024 * 1024;
const UNREADABLE = ['EACCES', 'EPERM', 'EISDIR', 'EIO'];

/** Reads a file that is for its owner alone: no link, the user's own, of mode 0600, in a folder that is as safe. */
export async function readSecretFile(path: string): Promise<SecretFile> {
  const unsafe = (reason: string, text: string | null = null): SecretFile => ({
    kind: 'unsafe',
    reason,
    text,
  });
  try {
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const info = await handle.stat();
      if (!info.isFile()) return unsafe(t`${path} is not a file`);
      if (!isOwn(info.uid)) return unsafe(t`${path} belongs to another user`);
      const exposed = t`${path} can be read by others; chmod 600 ${path}`;
      if (isOpenTo(info.mode, 0o022)) return unsafe(exposed);
      if (info.size > LIMIT_BYTES) return unsafe(t`${path} is too large`);
      const folder = await unsafeFolder(dirname(path));
      if (folder !== null) return unsafe(folder);
      const text = await handle.readFile('utf8');
      return isOpenTo(info.mode, 0o077) ? unsafe(exposed, text) : { kind: 'text', text };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return { kind: 'none' };
    if (hasCode(error, 'ELOOP')) return unsafe(t`${path} is a symbolic link, which is not followed`);
    if (hasCode(error, ...UNREADABLE)) return unsafe(t`${path} cannot be read`);
    throw error;
  }
}

/**
 * Writes such a file as a whole, durably. What is at `path` is replaced, never followed.
 *
 * @returns why not, in a sentence; null when it was written
 */
export async function writeSecretFile(path: string, text: string): Promise<string | null> {
  const folder = dirname(path);
  try {
    await makeFolder(folder);
    const problem = await unsafeFolder(folder);
    if (problem !== null) return problem;
    await writeAtomic(path, text);
    return null;
  } catch (error) {
    if (isSystemError(error)) return t`${path} cannot be written (${String(error.code)})`;
    throw error;
  }
}

async function unsafeFolder(folder: string): Promise<string | null> {
  const info = await stat(folder);
  if (!isOwn(info.uid)) return t`${folder} belongs to another user`;
  return isOpenTo(info.mode, 0o022) ? t`${folder} can be written by others; chmod 700 ${folder}` : null;
}

function isOwn(uid: number): boolean {
  return process.geteuid === undefined || uid === process.geteuid();
}

/** Where there are no such modes, the user's profile is what protects the file. */
function isOpenTo(mode: number, bits: number): boolean {
  return SYSTEM.hasModes && (mode & bits) !== 0;
}
