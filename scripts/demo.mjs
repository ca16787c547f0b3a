// npm run demo: builds what is not built, then `codearts-hooks demo`. What the command keeps to start faster is not kept.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const cache = mkdtempSync(join(tmpdir(), 'codearts-hooks-demo-'));
const env = { ...process.env, XDG_CACHE_HOME: cache };
// The demo ends by Ctrl-C itself, and what it has kept goes then too.
process.on('SIGINT', () => undefined);
let status = 0;
for (const args of [['scripts/build.mjs'], ['dist/cli.cjs', 'demo']]) {
  ({ status } = spawnSync(process.execPath, args, { stdio: 'inherit', env }));
  if (status !== 0) break;
}
rmSync(cache, { recursive: true, force: true });
process.exit(status ?? 1);
