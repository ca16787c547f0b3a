import { dirname } from 'node:path';
import type { Preferences } from '../config/preferences.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import type { Effects } from '../platform/effects.ts';
import type { Bell } from '../delivery/bell.ts';
import type { Spool } from '../spool/spool.ts';
import type { Place } from './place.ts';

/** A push whose updates are known to have been accepted; what a user's post-push hooks are told. */
export interface ConfirmedPush {
  readonly remote: string;
  readonly url: string;
  readonly cwd: string;
  readonly gitDir: string;
  /** As in `GitSettings`. */
  readonly hasHooksPath: boolean;
  readonly updates: readonly RefUpdate[];
}

/** A push from a place, with what of it was accepted. */
export function confirmedPush(
  { tree, git, settings }: Place,
  push: Pick<ConfirmedPush, 'remote' | 'url' | 'updates'>,
): ConfirmedPush {
  const { remote, url, updates } = push;
  return { remote, url, cwd: tree, gitDir: git.gitDir, hasHooksPath: settings.hasHooksPath, updates };
}

/** What one run of the runner knows. */
export interface RunContext {
  readonly effects: Effects;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** git's common dir, shared by all worktrees. */
  readonly commonDir: string;
  /** `<common dir>/codearts-hooks`. */
  readonly stateDir: string;
  readonly spool: Spool;
  /** The spool is the one of last resort, and the repository's own folder cannot be written. */
  readonly isFallback: boolean;
  /** Folders of the spool by what is in them. */
  readonly folders: { readonly notes: string; readonly fed: string; readonly bad: string };
  readonly preferences: Preferences;
  /** The URL of our own push as git was given it, credentials and all; in memory only. */
  readonly ownUrl: string | null;
  /** Filled as the run confirms pushes. */
  readonly confirmed: ConfirmedPush[];
  /** Places that were opened before: git's configuration is read once. */
  readonly places: Map<string, Promise<Place>>;
  /** Told when an event has been put into the spool. */
  readonly bell: Bell;
  readonly log: (line: string) => Promise<void>;
  /** The log too, where CODEARTS_HOOKS_DEBUG=1 asks for every step. */
  readonly debug: (line: string) => Promise<void>;
}

/** The common dir of a state folder. */
export function commonDirOf(stateDir: string): string {
  return dirname(stateDir);
}
