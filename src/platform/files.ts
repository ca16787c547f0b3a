import { randomBytes } from 'node:crypto';
import { type Dirent, constants, fsync, readFileSync, readdirSync, statSync } from 'node:fs';
import {
  link,
  mkdir,
  mkdtemp,
  open,
  readFile,
  readdir,
  rename as renameFile,
  rm,
  rmdir,
  unlink,
  utimes,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { decodeBytes } from '../core/bytes.ts';
import { checkpoint } from './checkpoint.ts';
import { hasCode, isSystemError } from './error-code.ts';
import { access, lstat, realpath, stat } from './file-info.ts';
import { patiently } from './patiently.ts';
import { SYSTEM, type System } from './system.ts';

export type { Dirent };
export { hasCode, isSystemError };
export { access, constants, link, lstat, open, readFile, readdir, realpath, rm, rmdir, stat, utimes };

// Not the handle's own `sync`, which yarn's plug'n'play has not.
const syncDescriptor = promisify(fsync);

/** What `promise` gives, or null when what it asks for does not exist. Other failures are thrown. */
export async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

/** The text of a file, no UTF-8 as `decodeBytes` has it; null when there is none. @throws {RangeError} when it is larger than `limit` bytes */
export async function readText(path: string, limit = 64 * 1024 * 1024): Promise<string | null> {
  const info = await orNull(stat(path));
  if (!info) return null;
  if (info.size > limit) throw new RangeError(`${path} is larger than ${limit} bytes`);
  // What is no file, a pipe say, may keep us waiting.
  const bytes = await orNull(info.isFile() ? readNow(path) : readFile(path));
  return bytes && decodeBytes(bytes);
}

async function readNow(path: string): Promise<Buffer> {
  return readFileSync(path);
}

/**
 * The same without a promise: for thousands of small files in a process that has nobody waiting.
 *
 * @throws {RangeError} when it is larger than `limit` bytes
 */
export function readTextNow(path: string, limit: number): string | null {
  try {
    const { size } = statSync(path);
    if (size > limit) throw new RangeError(`${path} is larger than ${limit} bytes`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

const UNREADABLE = ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR', 'ELOOP'] as const;

/** The text of a file that we can do without: null when there is none, or none that can be read. */
export async function tryReadText(path: string, limit: number): Promise<string | null> {
  try {
    return await readText(path, limit);
  } catch (error) {
    if (error instanceof RangeError || hasCode(error, ...UNREADABLE)) return null;
    throw error;
  }
}

/** The names in a folder, sorted; none when there is no such folder. */
export async function listNames(folder: string): Promise<string[]> {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

/** Makes what is written to a folder or file so far survive a power cut. */
export async function sync(path: string, system: System = SYSTEM): Promise<void> {
  if (!system.canSyncFolders && (await stat(path)).isDirectory()) return;
  // Where folders cannot be opened, a file must be open for writing to be synced.
  const handle = await open(path, system.canSyncFolders ? 'r' : 'r+');
  try {
    await syncDescriptor(handle.fd);
  } finally {
    await handle.close();
  }
}

/** Whether `draft` is what `writeAtomic` writes of a file `name` before it is whole. */
export function isDraftOf(name: string, draft: string): boolean {
  return draft.startsWith(`.${name}.`) && /^[0-9a-f]{12}\.tmp$/.test(draft.slice(name.length + 2));
}

/**
 * Writes a file as a whole: readers see the old text or the new one, also after a crash. Mode 0600.
 *
 * @param options.durable false: without waiting for the disk
 * @param options.isFolderSynced false: the caller syncs the folder, for many files at once
 */
export async function writeAtomic(
  path: string,
  text: string,
  options: { readonly durable?: boolean; readonly isFolderSynced?: boolean; readonly mode?: number } = {},
): Promise<void> {
  const { durable = true, isFolderSynced = durable, mode = 0o600 } = options;
  // Chance, not a counter: in a container a process that was killed and its successor have the same id.
  const temporary = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    checkpoint('write');
    const handle = await open(temporary, 'wx', mode);
    try {
      if (mode !== 0o600) await handle.chmod(mode); // the umask takes bits from others alone
      await handle.writeFile(text);
      if (durable) await syncDescriptor(handle.fd);
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (isFolderSynced) await sync(dirname(path));
}

/** rename(2): the file is at one of the two places at every instant. */
export async function rename(from: string, to: string): Promise<void> {
  checkpoint('rename');
  await patiently(() => renameFile(from, to));
  checkpoint('renamed');
}

/**
 * Makes a file that must not be there yet; false when it is. It has its whole text from the first instant, but
 * where the file system knows no hard links (FAT): there a reader may find it empty.
 */
export async function createExclusively(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`;
  await writeAtomic(draft, text, { durable: false });
  try {
    checkpoint('link');
    await link(draft, path); // unlike a rename, it fails when another was faster
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
    return await createWithoutLink(path, text);
  } finally {
    await removeFile(draft);
  }
}

async function createWithoutLink(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** Appends a line in one write; nobody is harmed when it is lost with the power. */
export async function appendLine(path: string, line: string): Promise<void> {
  checkpoint('append');
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

/** Makes a folder whose parent is there. */
export async function makeOneFolder(path: string, mode = 0o700): Promise<void> {
  try {
    checkpoint('mkdir');
    await mkdir(path, { mode });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

/** Removes a file; false when it was not there. */
export async function removeFile(path: string): Promise<boolean> {
  try {
    checkpoint('remove');
    await patiently(() => unlink(path));
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
