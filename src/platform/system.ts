import type * as ChildProcess from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hasCode } from './error-code.ts';

/** What a system tells of a process: it has ended (a zombie has, too); or it runs, and since when, in the system's own words. */
export type ProcessState =
  | { readonly isRunning: false }
  | { readonly isRunning: true; readonly start: string | null };

/** Where systems differ, one place for all of it. The shims have their own fallbacks (hooks/note, hooks/watch). */
export interface System {
  /** `unix`: macOS, the BSDs, Linux without /proc. */
  readonly name: 'linux' | 'unix' | 'windows';
  /** The id of this boot; null where a start time is a date, and tells boots apart by itself, or there is none. */
  bootId(): string | null;
  look(pid: number): ProcessState;
  /** Ends a process that leads a group of its own, with all that it has started. */
  endGroup(pid: number): void;
  /** Whether the process ids that a shell knows are the system's: MSYS has its own. */
  readonly hasShellIds: boolean;
  /** Whether a file's mode says who may read and run it. */
  readonly hasModes: boolean;
  /** Whether a folder can be opened, for its entries to survive a power cut; where not, the system sees to it. */
  readonly canSyncFolders: boolean;
  /** Whether a file was refused because somebody has it open just now (a virus scanner, a reader): try again. */
  readonly isBusy: (error: unknown) => boolean;
}

const UNIX = {
  endGroup: (pid: number) => signal(-pid, 'SIGKILL'),
  hasShellIds: true,
  hasModes: true,
  canSyncFolders: true,
  isBusy: () => false,
} as const;

/** Linux, by proc(5). */
export const LINUX: System = {
  ...UNIX,
  name: 'linux',
  bootId: () => readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? null,
  look: (pid) => {
    const text = readProc(`/proc/${pid}/stat`);
    // The name, in parentheses, may itself hold spaces and parentheses.
    const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
    if (!fields || fields[0] === 'Z' || fields[0] === 'X') return { isRunning: false };
    return { isRunning: true, start: fields[19] ?? null };
  },
};

/** Other systems like Unix, by ps(1): its time of start is a date, in UTC so that it is the same for all who ask. */
export const OTHER_UNIX: System = {
  ...UNIX,
  name: 'unix',
  bootId: () => null,
  look: (pid) => {
    // Most that are asked for have ended: that takes no process to tell.
    if (!answersSignal(pid)) return { isRunning: false };
    const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC0' };
    const told = runNow('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)], env);
    const [state = '', ...start] = told.trim().split(/\s+/);
    if (state.startsWith('Z')) return { isRunning: false };
    // Where ps cannot be run, or says nothing, the signal's answer stands.
    return { isRunning: true, start: start.join(' ') || null };
  },
};

/** Windows: of a process no more is known than that it is there. */
export const WINDOWS: System = {
  name: 'windows',
  bootId: () => null,
  look: (pid) => (answersSignal(pid) ? { isRunning: true, start: null } : { isRunning: false }),
  endGroup: (pid) => {
    // There are no groups; its children are found by their parent.
    runNow('taskkill', ['/pid', String(pid), '/t', '/f'], process.env);
  },
  hasShellIds: false,
  hasModes: false,
  canSyncFolders: false,
  isBusy: (error) => hasCode(error, 'EPERM', 'EACCES', 'EBUSY'),
};

/** The system that this process runs on. */
export const SYSTEM: System =
  process.platform === 'win32' ? WINDOWS : existsSync('/proc/self/stat') ? LINUX : OTHER_UNIX;

/** What a program prints; '' where it cannot be run. Its module is loaded when it is wanted: the hot path does without. */
function runNow(file: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const { spawnSync } = createRequire(import.meta.url)('node:child_process') as typeof ChildProcess;
  const { stdout } = spawnSync(file, args, {
    env,
    encoding: 'utf8',
    windowsHide: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // Null where it could not be started.
  return stdout || '';
}

function readProc(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // the process has ended
  }
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM'); // it is somebody else's
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}
