import { join } from 'node:path';
import { userFolders } from './config/user-folders.ts';
import { makeCacheFolder, runCached } from './platform/code-cache.ts';

/** Runs the command line: the bundle beside this one. */
export function startCli(env: Readonly<Record<string, string | undefined>>): void {
  const folder = userFolders(env)?.cache ?? null;
  if (folder !== null) makeCacheFolder(folder);
  runCached(join(import.meta.dirname, 'main.cjs'), folder);
}
