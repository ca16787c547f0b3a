import { join } from 'node:path';
import { userFolders } from './config/user-folders.ts';
import { runCached } from './platform/code-cache.ts';

/** Runs the command line: the bundle beside this one. */
export function startCli(env: Readonly<Record<string, string | undefined>>): void {
  runCached(join(import.meta.dirname, 'cli.cjs'), userFolders(env)?.cache ?? null);
}
