import { randomBytes } from 'node:crypto';
import { type Dirent, constants } from 'node:fs';
import {
  access,
  link,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
  utimes,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export type { Dirent };
export { access, constants, link, lstat, open, readFile, readdir, realpath, rename, rm, rmdir, stat, utimes };

/** Whether `error` is a failed system call with one of these codes (`ENOENT`, ...). */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/** What `promise` gives, or null when what it asks for does not exist. Other failures are thrown. */
export async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

/** The text of a file, or null when there is none. @throws {RangeError} when it is larger than `limit` bytes */
export async function readText(path: string, limit = 64 * 1024 * 1024): Promise<string | null> {
  const info = await orNull(stat(path));
  if (!info) return null;
  if (info.size > limit) throw new RangeError(`${path} is larger than ${limit} bytes`);
  return await orNull(readFile(path, 'utf8'));
}

/** The names in a folder, sorted; none when there is no such folder. */
export async function listNames(folder: string): Promise<string[]> {
  return ((await orNull(readdir(folder))) ?? []).sort();
}

/** Makes what is written to a folder or file so far survive a power cut. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Writes a file as a whole: readers see the old text or the new one, also after a crash. Mode 0600.
 *
 * @param options.durable false: without waiting for the disk
 */
export async function writeAtomic(
  path: string,
  text: string,
  options: { readonly durable?: boolean; readonly mode?: number } = {},
): Promise<void> {
  const { durable = true, mode = 0o600 } = options;
  // Chance, not a counter: in a container a process that was killed and its successor have the same id.
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await open(temporary, 'wx', mode);
    try {
      await handle.chmod(mode);
      await handle.writeFile(text);
      if (durable) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (durable) await sync(dirname(path));
}

/** Appends a line in one write; nobody is harmed when it is lost with the power. */
export async function appendLine(path: string, line: string): Promise<void> {
  const handle = await open(path, constants.O_APPEND | constants.O_CREAT | constants.O_WRONLY, 0o600);
  try {
    await handle.write(`${line}\n`);
  } finally {
    await handle.close();
  }
}

/**
 * Makes a folder and its missing parents, mode 0700 unless told otherwise. Level by level: node's own
 * `recursive` spins for ever on some paths (a HOME under /proc).
 */
export async function makeFolder(path: string, mode = 0o700): Promise<void> {
  try {
    await makeOneFolder(path, mode);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || dirname(path) === path) throw error;
    await makeFolder(dirname(path), mode);
    // Once, not until it works: below /proc a folder is missing whatever its parent is.
    await makeOneFolder(path, mode);
  }
}

async function makeOneFolder(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/** Removes a file; false when it was not there. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    await unlink(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

/** Makes an empty folder for temporary files; gives its real path. */
export async function makeTemporaryFolder(prefix: string): Promise<string> {
  return await realpath(await mkdtemp(join(tmpdir(), prefix)));
}
