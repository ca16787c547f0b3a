import { isAbsolute, join, relative } from 'node:path';
import { UserError } from '../core/errors.ts';
import { VERSION } from '../core/version.ts';
import { lstat, orNull, readText } from '../platform/files.ts';
import type { Repository } from '../platform/repository.ts';
import { inspectHook } from './hook-file.ts';
import { HOOKS, type Manifest, STATE_FILES, manifestPath, stateDirOf } from './layout.ts';
import { readManifest } from './manifest.ts';

/** One thing that an install does. */
export type Action =
  | { readonly kind: 'make-folder'; readonly path: string; readonly mode: number }
  | { readonly kind: 'write'; readonly path: string; readonly text: string; readonly mode: number }
  | { readonly kind: 'keep'; readonly path: string; readonly as: string }
  | { readonly kind: 'remove'; readonly path: string };

/** What an install would do, in order; nothing when all is in place. */
export interface Plan {
  readonly actions: readonly Action[];
  /** What it leaves to the user, a sentence each. */
  readonly leftOut: readonly string[];
}

/** What a plan is made from. */
export interface PlanInput {
  readonly repository: Repository;
  /** The folder of this package. */
  readonly packageRoot: string;
  readonly nodePath: string;
  readonly isArmed: boolean;
  /** Whether the user has agreed to changes in a hooks dir that is part of the work tree. */
  readonly mayChangeWorkTree: boolean;
}

/** Plans an install: compares what is there with what should be. */
export async function planInstall(input: PlanInput): Promise<Plan> {
  const { repository, packageRoot, nodePath } = input;
  if (
    repository.hooksPathScope !== null &&
    repository.hooksPathScope !== 'local' &&
    repository.hooksPathScope !== 'worktree'
  ) {
    throw new UserError(
      'install-refused',
      `core.hooksPath is set in git's ${repository.hooksPathScope} configuration: ${repository.hooksDir} belongs to all your repositories`,
      {
        hint: `call ours from the pre-push there: ${snippet()}`,
      },
    );
  }
  const stateDir = stateDirOf(repository);
  await wantRealFolder(stateDir);
  const actions: Action[] = [];
  const leftOut: string[] = [];
  const write = async (path: string, text: string, mode: number): Promise<void> => {
    if ((await readText(path)) !== text) actions.push({ kind: 'write', path, text, mode });
  };
  for (const folder of [stateDir, ...['notes', 'in'].map((name) => join(stateDir, name))]) {
    if (!(await orNull(lstat(folder)))) actions.push({ kind: 'make-folder', path: folder, mode: 0o700 });
  }
  for (const name of STATE_FILES) {
    await write(join(stateDir, name), await sourceOf(join(packageRoot, 'hooks', name)), 0o755);
  }
  await write(join(stateDir, 'runner.cjs'), await sourceOf(join(packageRoot, 'dist', 'runner.cjs')), 0o644);
  await write(join(stateDir, 'node'), `${nodePath}\n`, 0o644);

  const before = await readManifest(stateDir);
  const kept = await planHooks(input, { actions, leftOut, before });
  const hooksDir = await orNull(lstat(repository.hooksDir));
  const isArmable = input.isArmed && (await canArm(repository));
  const arm = join(stateDir, 'arm');
  if (isArmable) await write(arm, '', 0o644);
  else if (await orNull(lstat(arm))) actions.push({ kind: 'remove', path: arm });
  const manifest: Manifest = {
    version: VERSION,
    hooksDir: relative(repository.commonDir, repository.hooksDir),
    madeHooksDir: before?.madeHooksDir ?? hooksDir === null,
    kept,
  };
  await write(manifestPath(stateDir), `${JSON.stringify(manifest, null, 2)}\n`, 0o644);
  return { actions, leftOut };
}

/** @throws {UserError} `install-refused` when something else is in the place of our folder */
async function wantRealFolder(stateDir: string): Promise<void> {
  const info = await orNull(lstat(stateDir));
  if (!info || info.isDirectory()) return;
  const what = info.isSymbolicLink() ? 'a link' : 'not a folder';
  throw new UserError('install-refused', `${stateDir} is ${what}`, {
    hint: 'move it out of the way, then run codearts-hooks install again',
  });
}

async function planHooks(
  { repository, packageRoot, mayChangeWorkTree }: PlanInput,
  { actions, leftOut, before }: { actions: Action[]; leftOut: string[]; before: Manifest | null },
): Promise<string[]> {
  const { hooksDir } = repository;
  const kept = [...(before?.kept ?? [])];
  if (
    isInWorkTree(repository) &&
    !mayChangeWorkTree &&
    (await inspectHook(join(hooksDir, 'pre-push'))).kind !== 'ours'
  ) {
    leftOut.push(
      `${hooksDir} belongs to the work tree, so it was left as it is; run again with --yes, or call ours from its pre-push: ${snippet()}`,
    );
    return kept;
  }
  if (!(await orNull(lstat(hooksDir)))) actions.push({ kind: 'make-folder', path: hooksDir, mode: 0o755 });
  for (const { name, keptAs } of HOOKS) {
    const path = join(hooksDir, name);
    const text = await sourceOf(join(packageRoot, 'hooks', name));
    const file = await inspectHook(path);
    if (file.kind === 'managed') {
      leftOut.push(
        `${path} is written by ${file.manager}, so it was left as it is; call ours from your ${name} hook: ${snippet()}`,
      );
      continue;
    }
    if (file.kind === 'foreign') {
      if (await orNull(lstat(join(hooksDir, keptAs)))) {
        throw new UserError(
          'install-refused',
          `${path} would be kept as ${keptAs}, but that is there already`,
          {
            hint: `move one of the two out of the way: ${join(hooksDir, keptAs)}`,
          },
        );
      }
      actions.push({ kind: 'keep', path, as: join(hooksDir, keptAs) });
      if (!kept.includes(name)) kept.push(name);
    }
    if (file.kind !== 'ours' || file.text !== text) actions.push({ kind: 'write', path, text, mode: 0o755 });
  }
  return kept;
}

/** The line that calls our shim from a hook of the user's; sh, no node. */
function snippet(): string {
  return '"$(git rev-parse --git-common-dir)/codearts-hooks/pre-push" "$@" || :';
}

/** `core.hooksPath` with hooks that a team shares: a file more or less there shows in everybody's git status. */
function isInWorkTree({ workTree, commonDir, hooksDir }: Repository): boolean {
  const isWithin = (folder: string) =>
    !relative(folder, hooksDir).startsWith('..') && !isAbsolute(relative(folder, hooksDir));
  return workTree !== null && isWithin(workTree) && !isWithin(commonDir);
}

async function canArm({ commonDir, hooksDir, hooksPathScope }: Repository): Promise<boolean> {
  if (hooksPathScope !== null) return false;
  const own = await orNull(lstat(join(commonDir, 'hooks')));
  if (own && !own.isDirectory()) return false; // a link: `../codearts-hooks` would be elsewhere
  const file = await inspectHook(join(hooksDir, 'reference-transaction'));
  return file.kind === 'absent' || file.kind === 'ours';
}

async function sourceOf(path: string): Promise<string> {
  const text = await readText(path);
  if (text === null) throw new Error(`a file of codearts-hooks is missing: ${path}`);
  return text;
}
