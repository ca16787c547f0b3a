import { dirname, join, resolve } from 'node:path';
import { hasCode, lstat, orNull, rename, rm, rmdir } from '../platform/files.ts';
import type { Repository } from '../platform/repository.ts';
import { inspectHook } from './hook-file.ts';
import { HOOKS, type Manifest, stateDirOf } from './layout.ts';
import { readManifest } from './manifest.ts';

/** What an uninstall did not do, a sentence each. */
export type LeftOut = readonly string[];

/**
 * Takes everything of ours out of a repository and puts back what was there: the hooks dir is then byte for
 * byte what it was, but for what others have changed since.
 */
export async function uninstall(repository: Repository): Promise<LeftOut> {
  const stateDir = stateDirOf(repository);
  const manifest = await readManifest(stateDir);
  const leftOut: string[] = [];
  const installedIn = resolve(repository.commonDir, manifest?.hooksDir ?? repository.hooksDir);
  for (const hooksDir of new Set([installedIn, repository.hooksDir])) {
    leftOut.push(...(await restoreHooks(hooksDir, manifest)));
  }
  if (manifest?.madeHooksDir) await removeIfEmpty(installedIn);
  await rm(stateDir, { recursive: true, force: true });
  return leftOut;
}

async function restoreHooks(hooksDir: string, manifest: Manifest | null): Promise<string[]> {
  const leftOut: string[] = [];
  for (const name of [...HOOKS.map((hook) => hook.name), 'reference-transaction']) {
    const path = join(hooksDir, name);
    if ((await inspectHook(path)).kind === 'ours') await rm(path, { force: true });
  }
  for (const { name, keptAs } of HOOKS) {
    const path = join(hooksDir, name);
    const kept = join(hooksDir, keptAs);
    if (!manifest?.kept.includes(name) || !(await orNull(lstat(kept)))) continue;
    if (await orNull(lstat(path))) {
      leftOut.push(`${path} is not ours any more; the hook that was there before stays in ${kept}`);
      continue;
    }
    await rename(kept, path);
    if (dirname(kept) !== hooksDir) await removeIfEmpty(dirname(kept));
  }
  return leftOut;
}

async function removeIfEmpty(folder: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'ENOENT', 'EEXIST')) throw error;
  }
}
