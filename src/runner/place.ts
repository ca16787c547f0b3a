import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { type Endpoint, resolveEndpoint } from '../codearts/endpoint.ts';
import { type LoadedConfig, loadConfig, loadConfigFromCommit } from '../config/load.ts';
import { type TrustSubject, isTrusted, trustSubject } from '../config/trust.ts';
import type { Oid } from '../core/oid.ts';
import type { Effects } from '../platform/effects.ts';
import { orNull, stat } from '../platform/files.ts';
import { warmUp } from '../platform/http.ts';
import { type Git, openGit } from '../platform/git.ts';
import { type GitSettings, readGitSettings, originOf } from '../push/settings.ts';

/** Where a push was made, and what git's configuration there says. */
export interface Place {
  /** Where git ran: relative URLs of remotes are read from there. */
  readonly cwd: string;
  /** The work tree, with the config in it; of a bare repository the repository itself. */
  readonly tree: string;
  readonly git: Git;
  readonly settings: GitSettings;
  /** git's common dir, where the logs of tracking refs are. */
  readonly commonDir: string;
}

/** What the config of a place comes to, for this process's environment. */
export interface ResolvedConfig {
  readonly loaded: LoadedConfig;
  readonly endpoint: Endpoint;
  readonly subject: TrustSubject | null;
  readonly isTrusted: boolean;
}

/** How a note names its place. */
export interface PlaceName {
  readonly cwd: string;
  /** As the hook had it: relative to `cwd`, or absolute. */
  readonly gitDir: string;
  readonly workTree?: string | null;
}

/** The run that opens places, each once: git's configuration is read by a process of its own. */
export interface PlaceOwner {
  readonly commonDir: string;
  readonly effects: Effects;
  readonly places: Map<string, Promise<Place>>;
}

/** Opens the place of a note, or the repository itself where the worktree has gone. */
export async function openPlace(at: PlaceName, run: PlaceOwner): Promise<Place> {
  const key = JSON.stringify([at.cwd, at.gitDir, at.workTree ?? null]);
  const opened = run.places.get(key) ?? readPlace(at, run);
  run.places.set(key, opened);
  return await opened;
}

async function readPlace(
  { cwd, gitDir, workTree }: PlaceName,
  { commonDir, effects }: PlaceOwner,
): Promise<Place> {
  const { env } = effects;
  const wanted = isAbsolute(gitDir) ? gitDir : join(cwd, gitDir);
  const isThere = cwd !== '' && (await orNull(stat(cwd))) !== null && (await orNull(stat(wanted))) !== null;
  if (isThere) {
    const git = openGit(resolve(wanted), cwd, env);
    const tree = workTree ? resolve(cwd, workTree) : cwd;
    const reading = readGitSettings(git);
    // Loading it takes longer than git does: both at once.
    warmUp();
    return { cwd, tree, git, settings: await reading, commonDir };
  }
  const git = openGit(commonDir, commonDir, env);
  const settings = await readGitSettings(git);
  const tree = mainWorkTree(commonDir, settings);
  return { cwd: tree, tree, git, settings, commonDir };
}

function mainWorkTree(commonDir: string, { workTree }: GitSettings): string {
  if (workTree !== null) return resolve(commonDir, workTree);
  return basename(commonDir) === '.git' ? dirname(commonDir) : commonDir;
}

/**
 * Reads the config of a place: from its work tree, or for a bare repository from the pushed commit.
 */
export async function resolveConfig(
  place: Place,
  commonDir: string,
  env: Effects['env'],
  commit: Oid | null,
): Promise<ResolvedConfig> {
  const inTree = await loadConfig(place.tree);
  const isBare = inTree.path === null && resolve(place.tree) === resolve(place.git.gitDir);
  const loaded = isBare ? await loadConfigFromCommit(place.git, commit ?? 'HEAD') : inTree;
  const origin = originOf(place.settings, commonDir);
  const endpoint = resolveEndpoint(loaded.config, env, origin);
  const subject = loaded.config && trustSubject(loaded.config, origin);
  return { loaded, endpoint, subject, isTrusted: subject !== null && (await isTrusted(subject, env)) };
}
