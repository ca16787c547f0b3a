// The root `prepare` script: puts our pre-commit hook in place. Never fails an install.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

try {
  const path = execFileSync('git', ['rev-parse', '--git-path', 'hooks/pre-commit'], {
    encoding: 'utf8',
  }).trim();
  const source = 'scripts/pre-commit';
  const isOther = existsSync(path) && !readFileSync(path, 'utf8').includes('lint-staged');
  if (isOther) {
    console.warn(`${path} is not ours: left as it is`);
  } else {
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(source, path);
    chmodSync(path, 0o755);
  }
} catch {
  // No git, or no repository (a tarball): there is nothing to hook.
}
