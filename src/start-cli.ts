import { join } from 'node:path';
import { userFolders } from './config/user-folders.ts';
import { makeCacheFolder, runCached } from './platform/code-cache.ts';

/** What is called often, and by itself takes no time. Each has a cache of its own; all the others share one. */
export const FREQUENT: readonly string[] = [
  'complete',
  'doctor',
  'explain',
  'flush',
  'history',
  'install',
  'show',
  'status',
  'watch',
];
const HELP = ['--help', '-h'];

/** Runs the command line: the bundle beside this one. */
export function startCli(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): void {
  const folder = userFolders(env)?.cache ?? null;
  if (folder !== null) makeCacheFolder(folder);
  const [command = ''] = argv;
  const isFrequent = FREQUENT.includes(command) && !argv.some((word) => HELP.includes(word));
  runCached(join(import.meta.dirname, 'main.cjs'), folder, isFrequent ? command : 'other');
}
