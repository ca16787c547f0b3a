import { dirname, join } from 'node:path';
import { isRecord } from '../core/record.ts';
import type { Clock } from './effects.ts';
import {
  createExclusively,
  hasCode,
  isSystemError,
  listNames,
  makeFolder,
  makeOneFolder,
  orNull,
  removeFile,
  stat,
  tryReadText,
  utimes,
  writeAtomic,
} from './files.ts';
import { type ProcessIdentity, hostname, isRunning, ownIdentity } from './processes.ts';

/**
 * A lock that one process at a time holds, in epochs: the owner is who made the highest number in the folder.
 * A number is given back by `<number>.free` and never removed by others, so that an owner who was frozen and
 * overtaken can see it (delivery.md section 1.4).
 */
export interface Lock {
  /** Whether nobody has overtaken us. To be asked before anything that must happen once. */
  isHeld(): Promise<boolean>;
  /** Whether another process waits for it, in `waitForLock`. */
  isWanted(): Promise<boolean>;
  /** Says that the owner lives; to be called more often than every ten minutes. */
  renew(): Promise<void>;
  release(): Promise<void>;
}

const LEASE_MS = 10 * 60_000;
/** The file by which who waits for a lock asks for it. */
const WANTED = 'wanted';
const EPOCH = /^\d+$/;

/**
 * Takes the lock in `folder`; null when somebody holds it, or there is no folder for it to be in: what an uninstall
 * has taken away is not made anew.
 */
export async function tryLock(folder: string, clock: Clock): Promise<Lock | null> {
  const lock = await take(folder, clock);
  return typeof lock === 'string' ? null : lock;
}

async function take(folder: string, clock: Clock): Promise<Lock | 'held' | 'nowhere'> {
  if (!(await isMade(folder))) return 'nowhere';
  const current = await highest(folder);
  if (current > 0 && !(await isFree(folder, current, clock))) return 'held';
  const own = current + 1;
  const path = join(folder, String(own));
  if (!(await createExclusively(path, JSON.stringify({ ...ownIdentity(), host: hostname() })))) return 'held';
  if ((await highest(folder)) !== own) return 'held';
  await removeOlder(folder, own);
  return {
    isHeld: async () => (await highest(folder)) === own,
    isWanted: async () => (await orNull(stat(join(folder, WANTED)))) !== null,
    renew: async () => {
      const seconds = clock.now() / 1000;
      await orNull(utimes(path, seconds, seconds));
    },
    release: async () => {
      await removeFile(join(folder, WANTED));
      try {
        await writeAtomic(`${path}.free`, '', { durable: false });
      } catch (error) {
        // On a full disk a file can still be removed: what was done under the lock is done.
        if (!isSystemError(error)) throw error;
        await removeFile(path);
      }
    },
  };
}

/** Takes the lock as soon as it is free; null when that takes longer than `patienceMs`, or as in `tryLock`. */
export async function waitForLock(folder: string, clock: Clock, patienceMs: number): Promise<Lock | null> {
  const deadline = clock.now() + patienceMs;
  let isAsked = false;
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, 50)) {
    const lock = await take(folder, clock);
    if (typeof lock !== 'string') {
      if (isAsked) await removeFile(join(folder, WANTED));
      return lock;
    }
    if (lock === 'nowhere' || clock.now() > deadline) return null;
    isAsked = true;
    // Each time: whoever has had it since has removed it.
    await askFor(folder);
    await clock.sleep(pauseMs);
  }
}

/**
 * The same in a folder of the user's, made where it is missing. `nowhere`: it cannot be used, whatever the reason; what
 * is locked there for politeness goes on without.
 */
export async function waitForUserLock(
  folder: string,
  clock: Clock,
  patienceMs: number,
): Promise<Lock | 'nowhere' | null> {
  try {
    await makeFolder(dirname(folder));
    return await waitForLock(folder, clock, patienceMs);
  } catch (error) {
    if (isSystemError(error)) return 'nowhere';
    throw error;
  }
}

/** Does something while it has that lock; where it cannot be had in time, without it. */
export async function withUserLock<T>(
  folder: string,
  { clock, patienceMs }: { readonly clock: Clock; readonly patienceMs: number },
  work: (lock: Lock | null) => Promise<T>,
): Promise<T> {
  const got = await waitForUserLock(folder, clock, patienceMs);
  const lock = got === 'nowhere' ? null : got;
  try {
    return await work(lock);
  } finally {
    await lock?.release();
  }
}

/** Politeness alone: on a full disk one waits all the same. */
async function askFor(folder: string): Promise<void> {
  try {
    await writeAtomic(join(folder, WANTED), '', { durable: false });
  } catch (error) {
    if (!isSystemError(error)) throw error;
  }
}

/** The process that holds the lock, or was the last to; null when there never was one. */
export async function lastOwner(folder: string): Promise<ProcessIdentity | null> {
  const epoch = await highest(folder);
  return epoch === 0 ? null : parseOwner(await tryReadText(join(folder, String(epoch)), 4096));
}

async function isMade(folder: string): Promise<boolean> {
  try {
    await makeOneFolder(folder);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function highest(folder: string): Promise<number> {
  const epochs = (await listNames(folder)).filter((name) => EPOCH.test(name)).map(Number);
  return Math.max(0, ...epochs);
}

async function isFree(folder: string, epoch: number, clock: Clock): Promise<boolean> {
  const path = join(folder, String(epoch));
  if (await orNull(stat(`${path}.free`))) return true;
  const info = await orNull(stat(path));
  if (!info || Math.abs(clock.now() - info.mtimeMs) > LEASE_MS) return true;
  const owner = parseOwner(await tryReadText(path, 4096));
  // Unreadable, or of a machine whose processes we cannot see: only time tells.
  if (!owner || owner.host !== hostname()) return false;
  return !isRunning(owner);
}

function parseOwner(text: string | null): (ProcessIdentity & { readonly host: string }) | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (!isRecord(value) || typeof value['pid'] !== 'number' || typeof value['host'] !== 'string')
      return null;
    return {
      pid: value['pid'],
      host: value['host'],
      start: typeof value['start'] === 'string' ? value['start'] : '',
      boot: typeof value['boot'] === 'string' ? value['boot'] : null,
    };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function removeOlder(folder: string, own: number): Promise<void> {
  for (const name of await listNames(folder)) {
    if (/^\d+(?:\.free)?$/.test(name) && Number.parseInt(name, 10) < own)
      await removeFile(join(folder, name));
  }
}
