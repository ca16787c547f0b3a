import { basename, dirname, join, relative, resolve } from 'node:path';
import { unregisterRepository } from '../config/registry.ts';
import { t } from '../core/translate.ts';
import type { Effects, Env } from '../platform/effects.ts';
import {
  hasCode,
  isDraftOf,
  listNames,
  lstat,
  orNull,
  readText,
  rename,
  rm,
  rmdir,
  writeAtomic,
} from '../platform/files.ts';
import { openGit } from '../platform/git.ts';
import type { Repository } from '../platform/repository.ts';
import { withoutBlock } from './block.ts';
import { removeConfigLayer } from './config-layer.ts';
import { inspectHook } from './hook-file.ts';
import { withInstallLock } from './install-lock.ts';
import { HOOK_NAMES, type HookName, KEPT_AS, stateDirOf } from './layout.ts';
import { type Manifest, type Place, readManifest } from './manifest.ts';
import { SCRIPT } from './lefthook.ts';
import { withoutCall, withoutGeneratedCall } from './simple-git-hooks.ts';

/** What an uninstall did not do, a sentence each. */
export type LeftOut = readonly string[];

/**
 * Takes everything of ours out of a repository and puts back what was there, and takes it from the user's list: the
 * hooks dir is then byte for byte what it was, but for what others have changed since.
 */
export async function uninstall(
  repository: Repository,
  effects: Pick<Effects, 'env' | 'clock'>,
): Promise<LeftOut> {
  const { commonDir } = repository;
  return await withInstallLock(commonDir, effects, async () => {
    const leftOut = await takeOut(repository, effects.env);
    await unregisterRepository(commonDir, effects.env);
    return leftOut;
  });
}

async function takeOut(repository: Repository, env: Env): Promise<LeftOut> {
  const { commonDir } = repository;
  const stateDir = stateDirOf(repository);
  const manifest = await readManifest(stateDir);
  const leftOut: string[] = [];
  await removeConfigLayer(openGit(commonDir, commonDir, env));
  for (const place of manifest?.places ?? []) {
    const path = resolve(commonDir, place.path);
    if (place.isWritten && place.kind !== 'own') await clear(place, path);
    await removeDrafts(dirname(path), [basename(path)]);
  }
  const installedIn = resolve(commonDir, manifest?.hooksDir ?? repository.hooksDir);
  for (const hooksDir of new Set([installedIn, repository.hooksDir])) {
    const isWritten = (place: Place) =>
      place.isWritten && dirname(resolve(commonDir, place.path)) === hooksDir;
    // What a team has committed stays.
    const isOurs = !relative(commonDir, hooksDir).startsWith('..') || manifest?.places.some(isWritten);
    if (isOurs) leftOut.push(...(await restoreHooks(hooksDir, manifest)));
    await removeDrafts(hooksDir, [...HOOK_NAMES, 'reference-transaction']);
  }
  if (manifest?.madeHooksDir) await removeIfEmpty(installedIn);
  // A runner may still be writing there.
  await rm(stateDir, { recursive: true, force: true, maxRetries: 5 });
  return leftOut;
}

/** Takes our lines out of a file of others; the file, if it has nothing else and we made it. */
async function clear({ kind, isMade }: Place, path: string): Promise<void> {
  const text = await readText(path);
  if (text === null) return;
  const rest =
    kind === 'simple-git-hooks'
      ? await withoutCall(text, path)
      : withoutBlock(kind === 'lefthook' && text === SCRIPT ? '' : text);
  if (rest === text) return;
  if (rest === '' && isMade) {
    await rm(path, { force: true });
    // Folders of lefthook's personal scripts, which are there for ours alone.
    if (kind === 'lefthook')
      for (const folder of [dirname(path), dirname(dirname(path))]) await removeScriptFolder(folder);
    return;
  }
  const info = await lstat(path);
  await writeAtomic(path, rest, { mode: info.mode & 0o777 });
}

async function removeScriptFolder(folder: string): Promise<void> {
  if (['pre-push', '.lefthook-local'].includes(basename(folder))) await removeIfEmpty(folder);
}

async function restoreHooks(hooksDir: string, manifest: Manifest | null): Promise<string[]> {
  const leftOut: string[] = [];
  for (const name of HOOK_NAMES) {
    const isKept = manifest?.kept.includes(name) === true;
    leftOut.push(...(await restoreHook(hooksDir, name, isKept)));
    const folder = dirname(join(hooksDir, KEPT_AS[name]));
    if (isKept && folder !== hooksDir && !manifest.hadKeptFolder) await removeIfEmpty(folder);
  }
  const armed = join(hooksDir, 'reference-transaction');
  if ((await inspectHook(armed)).kind === 'ours') await rm(armed, { force: true });
  return leftOut;
}

/** Other managers may have moved ours aside: what was kept goes to where ours is now. */
async function restoreHook(hooksDir: string, name: HookName, isKept: boolean): Promise<string[]> {
  const kept = join(hooksDir, KEPT_AS[name]);
  let isRestored = !isKept || !(await orNull(lstat(kept)));
  for (const path of [name, `${name}.legacy`, `${name}.old`].map((each) => join(hooksDir, each))) {
    const file = await inspectHook(path);
    if (file.kind === 'script') await clearScript(path, file);
    if (file.kind !== 'ours') continue;
    // In one step: at no moment is there neither.
    if (isRestored) await rm(path, { force: true });
    else await rename(kept, path);
    isRestored = true;
  }
  if (!isRestored) {
    const path = join(hooksDir, name);
    const [there, before] = [await orNull(lstat(path)), await orNull(lstat(kept))];
    if (!there) await rename(kept, path);
    else if (there.ino === before?.ino) await rm(kept, { force: true });
    else return [t`${path} is not ours any more; the hook that was there before stays in ${kept}`];
  }
  return [];
}

async function clearScript(
  path: string,
  { text, mode }: { readonly text: string; readonly mode: number },
): Promise<void> {
  const rest = withoutGeneratedCall(withoutBlock(text));
  if (rest === '') await rm(path, { force: true });
  else if (rest !== text) await writeAtomic(path, rest, { mode });
}

/** What an install was killed over: a file that had no name yet. */
async function removeDrafts(folder: string, names: readonly string[]): Promise<void> {
  const drafts = (await listNames(folder)).filter((draft) => names.some((name) => isDraftOf(name, draft)));
  for (const draft of drafts) await rm(join(folder, draft), { force: true });
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'ENOENT', 'EEXIST', 'ENOTDIR')) throw error;
  }
}
