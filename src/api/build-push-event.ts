import { basename, dirname, resolve } from 'node:path';
import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import { listCommits } from '../event/commits.ts';
import { knownBefore } from '../event/known-before.ts';
import { commitIn } from '../event/objects.ts';
import { pushPayload } from '../event/payload.ts';
import { findGitDir, type Git, openGit, withoutFetching } from '../platform/git.ts';
import { processEnv } from '../platform/node.ts';
import { type GitSettings, pushUrlsOf, readGitSettings } from '../push/settings.ts';
import type { RefUpdate } from './parse-post-receive.ts';

/** The body of a request that starts a build: what CodeArts Build is told of a push. */
export interface PushEvent {
  readonly event_type: 'push' | 'push_events';
  /** Full name: `refs/heads/main`. */
  readonly ref: string;
  /** The old value; zeroes when the ref is new. */
  readonly before: string;
  /** The new value, a commit: annotated tags are peeled. */
  readonly after: string;
  /** Oldest first; the last one is `after`. */
  readonly commits: readonly { readonly id: string; readonly message: string }[];
  /** `url` without credentials; none where the remote is a path. */
  readonly repository: { readonly url?: string; readonly name: string };
}

/** Where a push was made, and how much is told of it. */
export interface BuildOptions {
  /** A folder of the repository; the present one by default. `GIT_DIR` is not looked at. */
  readonly cwd?: string;
  /**
   * Where the push went: a remote by name, or a URL. By default `origin`, or the only remote; in a repository without
   * any, which others push to, the repository itself.
   */
  readonly remote?: string;
  /** All updates of the same push, where there are more: the commits of a new branch are told from them. */
  readonly siblings?: readonly RefUpdate[];
  /** Default `push`. */
  readonly eventType?: 'push' | 'push_events';
  /** Commits that are listed at most, the newest; default 20. */
  readonly maxCommits?: number;
  /** Bytes of a message at most; default 2000. */
  readonly maxMessageBytes?: number;
}

/**
 * Makes the event of an update: reads the commits between its two values out of the repository, which is left as it
 * is. The event is at most 256 KiB of JSON: its oldest commits go first.
 *
 * @returns null where there is nothing to build: the ref was deleted, or is no commit
 * @throws {TypeError} when a value is not a full object name, or the folder is in no repository
 */
export async function buildPushEvent(
  update: RefUpdate,
  options: BuildOptions = {},
): Promise<PushEvent | null> {
  const { ref, before, after } = checked(update);
  const siblings = [update, ...(options.siblings ?? [])].map(checked);
  if (isZeroOid(after)) return null;
  const { git, settings } = await openRepository(options.cwd ?? '.');
  const place = await remoteOf(options.remote ?? null, git, settings);
  const [old, commit] = await Promise.all([commitIn(git, ref, before), commitIn(git, ref, after)]);
  if (commit === null) return null;
  const known = isZeroOid(before) ? await knownBefore(git, place.remote, siblings, null) : [old ?? before];
  const list = await listCommits(git, commit, known, {
    max: options.maxCommits ?? 20,
    maxMessageBytes: options.maxMessageBytes ?? 2000,
  });
  if (list === null) return null;
  const eventType = options.eventType ?? 'push';
  return pushPayload(eventType, { ref, before: old ?? before, after: commit, list, url: place.url });
}

function checked({ ref, before, after }: RefUpdate): { ref: string; before: Oid; after: Oid } {
  return { ref, before: wantOid(ref, before), after: wantOid(ref, after) };
}

function wantOid(ref: string, text: string): Oid {
  const oid = parseOid(text);
  if (oid === null)
    throw new TypeError(`a value of ${ref} is not a full object name: ${JSON.stringify(text)}`);
  return oid;
}

async function openRepository(cwd: string): Promise<{ readonly git: Git; readonly settings: GitSettings }> {
  const folder = resolve(cwd);
  const env = processEnv();
  const gitDir = await findGitDir(folder, env);
  if (gitDir === null) throw new TypeError(`no git repository at ${folder}`);
  const git = withoutFetching(openGit(gitDir, folder, env));
  return { git, settings: await readGitSettings(git) };
}

async function remoteOf(named: string | null, git: Git, { remotes }: GitSettings) {
  const only = remotes.length === 1 ? remotes[0] : undefined;
  const remote =
    (named === null
      ? (remotes.find(({ name }) => name === 'origin') ?? only)
      : remotes.find(({ name }) => name === named)) ?? null;
  if (remote === null) return { remote, url: named ?? folderOf(git.gitDir) };
  const [url] = await pushUrlsOf(git, remote.name);
  return { remote, url: url ?? remote.name };
}

function folderOf(gitDir: string): string {
  return basename(gitDir) === '.git' ? dirname(gitDir) : gitDir;
}
