import { dirname, join, relative } from 'node:path';
import { UserError } from '../core/errors.ts';
import { STATE_FOLDERS } from '../core/state-folders.ts';
import { t } from '../core/translate.ts';
import { VERSION } from '../core/version.ts';
import { lstat, orNull, readText } from '../platform/files.ts';
import type { Env } from '../platform/effects.ts';
import { openGit } from '../platform/git.ts';
import type { Repository } from '../platform/repository.ts';
import { SETTINGS, isInOrder, readConfigLayer } from './config-layer.ts';
import { inspectHook } from './hook-file.ts';
import { KEPT_AS, RUNNER_FILES, STATE_FILES, stateDirOf } from './layout.ts';
import { type Manifest, type Place, readManifest } from './manifest.ts';
import { planFiles } from './plan-files.ts';

/** One thing that an install does. */
export type Action =
  | { readonly kind: 'make-folder'; readonly path: string; readonly mode: number }
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly text: string;
      /** Null: as it is; 0644 for a new file. */
      readonly mode: number | null;
      /** What is there now; null: nothing, or what is kept elsewhere. */
      readonly before: string | null;
    }
  /** Gives a hook a second name; the write that follows takes the first. */
  | { readonly kind: 'keep'; readonly path: string; readonly as: string }
  | { readonly kind: 'remove'; readonly path: string }
  /** A setting in the repository's own git config. */
  | { readonly kind: 'configure'; readonly key: string; readonly value: string };

/** A change to the work tree that wants the user's word. */
export interface Ask {
  readonly path: string;
  readonly what: string;
}

/** What an install would do, in order; nothing when all is in place. */
export interface Plan {
  readonly actions: readonly Action[];
  readonly manifest: Manifest;
  /** Whether git as it is here will then run ours at a push. */
  readonly isCalled: boolean;
  /** What it would do with consent. */
  readonly asks: readonly Ask[];
  /** What it leaves to the user, a sentence each. */
  readonly leftOut: readonly string[];
}

/** A plan that is being made. */
export interface Draft {
  readonly actions: Action[];
  readonly places: Place[];
  readonly kept: string[];
  readonly asks: Ask[];
  readonly leftOut: string[];
}

/** What a plan is made from. */
export interface PlanInput {
  readonly repository: Repository;
  /** Where the shims are copied from, and the runner. */
  readonly source: { readonly hooks: string; readonly dist: string };
  readonly nodePath: string;
  readonly env: Env;
  readonly isArmed: boolean;
  /** Whether git here runs hooks that its config names. */
  readonly hasConfigHooks: boolean;
  /** For a bare repository that others push to. */
  readonly isServer: boolean;
  /** Whether the user has agreed to changes of files in the work tree. */
  readonly mayChangeWorkTree: boolean;
}

/** Plans an install: compares what is there with what should be. */
export async function planInstall(input: PlanInput): Promise<Plan> {
  const { repository, isServer } = input;
  const stateDir = stateDirOf(repository);
  await wantRealFolder(stateDir);
  const before = await readManifest(stateDir);
  const draft: Draft = { actions: [], places: [], kept: [...(before?.kept ?? [])], asks: [], leftOut: [] };
  await planFiles(input, before, draft);
  const isInConfig = !isServer && (input.hasConfigHooks || before?.isInConfig === true);
  const settings = isInConfig ? await planConfig(input) : [];
  const hooksDir = await orNull(lstat(repository.hooksDir));
  const keptFolder = await orNull(lstat(join(repository.hooksDir, dirname(KEPT_AS['post-push']))));
  const manifest: Manifest = {
    version: VERSION,
    hooksDir: relative(repository.commonDir, repository.hooksDir),
    madeHooksDir: before?.madeHooksDir ?? hooksDir === null,
    hadKeptFolder: before?.hadKeptFolder ?? keptFolder !== null,
    kept: draft.kept,
    places: mergePlaces(before, draft.places),
    isInConfig,
    isServer: isServer || before?.isServer === true,
  };
  // Our own folder first, its record of what follows last; then what makes git run it.
  const actions = [...(await planFolder(input, manifest)), ...settings, ...draft.actions];
  const isCalled = input.hasConfigHooks || draft.places.some(isCaller);
  return { actions, manifest, isCalled, asks: draft.asks, leftOut: draft.leftOut };
}

/** @throws {UserError} `install-refused` when something else is in the place of our folder */
async function wantRealFolder(stateDir: string): Promise<void> {
  const info = await orNull(lstat(stateDir));
  if (!info || info.isDirectory()) return;
  const what = info.isSymbolicLink() ? t`${stateDir} is a link` : t`${stateDir} is not a folder`;
  throw new UserError('install-refused', what, {
    hint: t`move it out of the way, then run codearts-hooks install again`,
  });
}

/** A place that was made by an earlier install stays ours to take out, whether it is planned again or not. */
function mergePlaces(before: Manifest | null, places: readonly Place[]): Place[] {
  const earlier = before?.places ?? [];
  const merged = places.map((place) => {
    const known = earlier.find(({ path, kind }) => path === place.path && kind === place.kind);
    return known?.isWritten ? { ...place, isWritten: true, isMade: known.isMade } : place;
  });
  const isPlanned = ({ path }: Place) => places.some((place) => place.path === path);
  return [...merged, ...earlier.filter((place) => place.isWritten && !isPlanned(place))];
}

/** Whether a place has its hook called: the config of simple-git-hooks is for its next run. */
function isCaller({ kind, path }: Place): boolean {
  return (
    kind === 'lefthook' ||
    (kind !== 'simple-git-hooks' && /(?:pre-push(?:\.legacy)?|post-receive)$/.test(path))
  );
}

async function planConfig({ repository, env }: PlanInput): Promise<Action[]> {
  const layer = await readConfigLayer(openGit(repository.commonDir, repository.commonDir, env));
  return isInOrder(layer) ? [] : SETTINGS.map((setting) => ({ kind: 'configure', ...setting }));
}

async function planFolder(input: PlanInput, manifest: Manifest): Promise<Action[]> {
  const { repository, source, nodePath } = input;
  const stateDir = stateDirOf(repository);
  const actions: Action[] = [];
  const write = async (name: string, text: string, mode: number): Promise<void> => {
    const path = join(stateDir, name);
    const before = await readText(path);
    if (before !== text) actions.push({ kind: 'write', path, text, mode, before });
  };
  // All of them: what a push of root's made, the user's could not write to.
  for (const folder of [stateDir, ...STATE_FOLDERS.map((name) => join(stateDir, name))]) {
    if (!(await orNull(lstat(folder)))) actions.push({ kind: 'make-folder', path: folder, mode: 0o700 });
  }
  for (const name of STATE_FILES) await write(name, await sourceText(join(source.hooks, name)), 0o755);
  for (const name of RUNNER_FILES) await write(name, await sourceText(join(source.dist, name)), 0o644);
  await write('node', `${nodePath}\n`, 0o644);
  if (input.isArmed && (await canArm(repository))) await write('arm', '', 0o644);
  else await planRemoval(join(stateDir, 'arm'), actions);
  await planRemoval(join(stateDir, 'no-node'), actions);
  await write('installed.json', `${JSON.stringify(manifest, null, 2)}\n`, 0o644);
  return actions;
}

async function planRemoval(path: string, actions: Action[]): Promise<void> {
  if (await orNull(lstat(path))) actions.push({ kind: 'remove', path });
}

async function canArm({ commonDir, hooksDir, hooksPathScope }: Repository): Promise<boolean> {
  if (hooksPathScope !== null) return false;
  const own = await orNull(lstat(join(commonDir, 'hooks')));
  if (own && !own.isDirectory()) return false; // a link: `../codearts-hooks` would be elsewhere
  const file = await inspectHook(join(hooksDir, 'reference-transaction'));
  return file.kind === 'absent' || file.kind === 'ours';
}

/** The text of a file of this package. */
export async function sourceText(path: string): Promise<string> {
  const text = await readText(path);
  if (text === null) throw new Error(`a file of codearts-hooks is missing: ${path}`);
  return text;
}
