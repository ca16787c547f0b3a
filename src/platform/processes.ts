import { readFileSync } from 'node:fs';

export { hostname } from 'node:os';

/** Which process, for good: a process id alone comes again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot; '' where the system does not tell. */
  readonly start: string;
  /** The boot it belongs to; null where the system does not tell. */
  readonly boot: string | null;
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // no /proc, or the process has ended: the callers have another way for both
  }
}

/** State letter and start time of a process by proc(5), or null: it is gone, or there is no /proc. */
function procStat(pid: number): { state: string; start: string } | null {
  const text = readProc(`/proc/${pid}/stat`);
  if (text === null) return null;
  // The name, in parentheses, may itself hold spaces and parentheses.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { state: fields[0] ?? '', start: fields[19] ?? '' };
}

/** The id of this boot, or null where the system does not tell. */
export function bootId(): string | null {
  return readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? null;
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, start: procStat(process.pid)?.start ?? '', boot: bootId() };
}

/**
 * Whether that very process still runs: not one of another boot, not a later one with the same id, not a
 * zombie, which has ended but still has its id.
 */
export function isRunning({ pid, start, boot }: ProcessIdentity): boolean {
  if (pid <= 0) return false;
  const now = bootId();
  if (boot !== null && now !== null && boot !== now) return false;
  const stat = procStat(pid);
  if (stat) return stat.state !== 'Z' && stat.state !== 'X' && (start === '' || stat.start === start);
  return now === null && answersSignal(pid);
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
