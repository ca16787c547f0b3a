import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script, constants as vm } from 'node:vm';
import { ExitCode } from '../core/exit-code.ts';

const DIGEST_BYTES = 20;
/** Those of other versions and nodes that are in use stay. */
const KEPT = 3;

/**
 * Runs a CommonJS file of ASCII with what V8 made of it the last time: to read 300 KB of source anew takes half as long
 * as node's own start. That is kept under a name that changes with the file and with node, as V8 itself hardly looks
 * what it was made of; where it is of no use, or cannot be kept, the file runs without.
 *
 * @param folder where it is kept, if it is there: it may have gone by the end; null: nowhere
 * @param part what of it runs, in a word: V8 keeps what a run has needed, and each part needs its own
 */
export function runCached(path: string, folder: string | null, part: string): void {
  const bytes = readFileSync(path);
  const prefix = `code-cache.${basename(path)}.${part}.`;
  const key = `${process.version}.${process.arch}.${digestOf(bytes).toString('hex')}`;
  const cache = folder && join(folder, prefix + key);
  const cachedData = cache === null ? null : readWhole(cache);
  const source = bytes.toString('latin1');
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: path,
    importModuleDynamically: vm.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(cachedData && { cachedData }),
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  if (cache === null || (cachedData && script.cachedDataRejected !== true)) return;
  // Only at the end is it known which functions are needed, and only of what has done what it does.
  process.once('exit', (code) => {
    if (code === ExitCode.Ok) keep(cache, prefix, script.createCachedData());
  });
}

/** Makes a folder for `runCached`; under a home of the user's own alone, as root's would keep the user out. */
export function makeCacheFolder(folder: string): void {
  try {
    let above = folder;
    while (!existsSync(above)) above = dirname(above);
    if (above === folder || !isOwn(statSync(above))) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    // It is only faster with it.
  }
}

function isOwn({ uid }: { readonly uid: number }): boolean {
  return !process.getuid || uid === process.getuid();
}

/** Null when it is not there, not whole, or others may have written it: V8 believes what it is given. */
function readWhole(path: string): Buffer | null {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const info = fstatSync(file);
      if (!isOwn(info) || (process.getuid && (info.mode & 0o022) !== 0)) return null;
      const bytes = readFileSync(file);
      const data = bytes.subarray(DIGEST_BYTES);
      return digestOf(data).equals(bytes.subarray(0, DIGEST_BYTES)) ? data : null;
    } finally {
      closeSync(file);
    }
  } catch {
    return null; // whatever the reason: it is only faster with it
  }
}

/** Puts it where it is looked for; of earlier ones the newest stay. */
function keep(path: string, prefix: string, data: Buffer): void {
  const folder = dirname(path);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(draft, 'wx', 0o600);
    writeFileSync(file, Buffer.concat([digestOf(data), data]));
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, path);
    const dated = readdirSync(folder)
      .filter((name) => name.startsWith(prefix))
      .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }));
    for (const { name } of dated.toSorted((a, b) => b.at - a.at).slice(KEPT)) {
      rmSync(join(folder, name), { force: true });
    }
  } catch {
    rmSync(draft, { force: true }); // a full disk, say: the next run tries again
  }
}

function digestOf(data: Buffer | string): Buffer {
  return createHash('sha1').update(data).digest();
}
