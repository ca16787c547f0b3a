import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, with `hooks/` and `dist/` in it. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'hooks', 'pre-push'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the files of codearts-hooks are not complete: no hooks/pre-push');
    folder = parent;
  }
  return folder;
}
