import { join } from 'node:path';
import { userFolders } from './config/user-folders.ts';
import { makeCacheFolder, runCached } from './platform/code-cache.ts';

const WORD = /^[a-z]{1,20}$/;

/** Runs the command line: the bundle beside this one. @param command its first argument */
export function startCli(command: string, env: Readonly<Record<string, string | undefined>>): void {
  const folder = userFolders(env)?.cache ?? null;
  if (folder !== null) makeCacheFolder(folder);
  runCached(join(import.meta.dirname, 'main.cjs'), folder, WORD.test(command) ? command : 'other');
}
