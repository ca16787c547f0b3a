import { createHash } from 'node:crypto';
import {
  closeSync,
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
import { Script, constants } from 'node:vm';

const DIGEST_BYTES = 20;

function prefixOf(path: string): string {
  return `code-cache.${basename(path)}.`;
}

/**
 * Runs a CommonJS file of ASCII with what V8 made of it the last time: to read 300 KB of source anew takes half as long
 * as node's own start. That is kept under a name that changes with the file and with node; where it is of no use, or
 * cannot be kept, the file runs without.
 *
 * @param folder where it is kept, if it is there: it may have gone by the end; null: nowhere
 */
export function runCached(path: string, folder: string | null): void {
  const { size, mtimeMs } = statSync(path);
  const cache = folder && join(folder, `${prefixOf(path)}${process.version}.${size}.${Math.round(mtimeMs)}`);
  const cachedData = cache === null ? null : readWhole(cache);
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(path, 'latin1')}\n})`,
    {
      filename: path,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      ...(cachedData && { cachedData }),
    },
  );
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(path), module, path, dirname(path));
  if (cache === null || (cachedData && script.cachedDataRejected !== true)) return;
  // Only at the end is it known which functions are needed.
  process.once('exit', () => keep(cache, prefixOf(path), script.createCachedData()));
}

/** Makes a folder for `runCached`, of the user's own. */
export function makeCacheFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch {
    // It is only faster with it.
  }
}

/** Null when it is not there, not whole, or another user's: V8 believes what it is given. */
function readWhole(path: string): Buffer | null {
  try {
    if (process.getuid && statSync(path).uid !== process.getuid()) return null;
    const bytes = readFileSync(path);
    const data = bytes.subarray(DIGEST_BYTES);
    return digestOf(data).equals(bytes.subarray(0, DIGEST_BYTES)) ? data : null;
  } catch {
    return null; // whatever the reason: it is only faster with it
  }
}

/** Puts it in the place of what was kept for another file or node. */
function keep(path: string, prefix: string, data: Buffer): void {
  const folder = dirname(path);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(draft, 'wx', 0o600);
    writeFileSync(file, Buffer.concat([digestOf(data), data]));
    fsyncSync(file);
    closeSync(file);
    const earlier = readdirSync(folder).filter(
      (name) => name.startsWith(prefix) && join(folder, name) !== draft,
    );
    for (const name of earlier) rmSync(join(folder, name), { force: true });
    renameSync(draft, path);
  } catch {
    rmSync(draft, { force: true }); // a full disk, say: the next run tries again
  }
}

function digestOf(data: Buffer): Buffer {
  return createHash('sha1').update(data).digest();
}
