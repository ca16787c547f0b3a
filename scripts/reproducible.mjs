// npm run check:reproducible: builds and packs the same sources in two folders, and compares the tarballs byte by byte.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const root = mkdtempSync(join(tmpdir(), 'codearts-hooks-reproducible-'));
const windows = process.platform === 'win32';
const npm = (args, cwd) => execFileSync('npm', args, { cwd, encoding: 'utf8', shell: windows });
try {
  // Of different depth and length: a path that gets into a bundle shows.
  const sums = [join(root, 'a'), join(root, 'a-longer-name', 'of-a-folder')].map((folder) => {
    copySources(folder);
    npm(['run', 'build'], folder);
    const [{ filename }] = JSON.parse(npm(['pack', '--json', '--ignore-scripts'], folder));
    return createHash('sha256')
      .update(readFileSync(join(folder, filename)))
      .digest('hex');
  });
  if (new Set(sums).size > 1) throw new Error(`two builds differ: ${sums.join(', ')}`);
  console.log(`two builds, the same bytes: sha256 ${sums[0]}`);
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** What git knows, and what is new and not ignored: all that a build may look at, but for the packages. */
function copySources(folder) {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const names = execFileSync('git', args, { encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    cpSync(name, join(folder, name));
  }
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
}
