import { type Stats, accessSync, lstatSync, realpathSync, statSync } from 'node:fs';

// Asked at once: a question to another thread and back takes ten times as long as its answer. A promise all the same,
// so that what goes wrong is told as of the others.

/** stat(2) */
export async function stat(path: string): Promise<Stats> {
  return statSync(path);
}

/** lstat(2) */
export async function lstat(path: string): Promise<Stats> {
  return lstatSync(path);
}

/** realpath(3) */
export async function realpath(path: string): Promise<string> {
  return realpathSync.native(path);
}

/** access(2), by the bits of `constants` */
export async function access(path: string, mode: number): Promise<void> {
  accessSync(path, mode);
}
