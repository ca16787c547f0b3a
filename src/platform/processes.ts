import { SYSTEM, type System } from './system.ts';

export { hostname } from 'node:os';

/** Which process, for good: a process id alone comes again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the system's own words; '' where that is not known. */
  readonly start: string;
  /** The boot it belongs to; null where the system does not tell. */
  readonly boot: string | null;
}

/** No watcher, and no runner that it becomes, is there for longer. */
const SHELL_LIFETIME_MS = 15 * 60_000;

/** The id of this boot, or null where the system does not tell. */
export function bootId(): string | null {
  return SYSTEM.bootId();
}

/** This process. */
export function ownIdentity(system: System = SYSTEM): ProcessIdentity {
  const state = system.look(process.pid);
  return { pid: process.pid, start: (state.isRunning && state.start) || '', boot: system.bootId() };
}

/**
 * Whether that very process still runs: not one of another boot, not a later one with the same id, not a
 * zombie, which has ended but still has its id.
 */
export function isRunning({ pid, start, boot }: ProcessIdentity, system: System = SYSTEM): boolean {
  if (pid <= 0) return false;
  const now = system.bootId();
  if (boot !== null && now !== null && boot !== now) return false;
  const state = system.look(pid);
  return state.isRunning && (start === '' || state.start === null || state.start === start);
}

/**
 * The same of a shell that has written itself down.
 *
 * @param writtenAt milliseconds since 1970: where a shell's process ids are not the system's, it counts alone
 */
export function isShellRunning(
  identity: ProcessIdentity,
  writtenAt: number,
  system: System = SYSTEM,
): boolean {
  if (system.hasShellIds) return isRunning(identity, system);
  return identity.pid > 0 && Date.now() - writtenAt < SHELL_LIFETIME_MS;
}
