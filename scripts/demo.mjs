// npm run demo: builds what is not built, then `codearts-hooks demo`.
import { spawnSync } from 'node:child_process';

for (const args of [['scripts/build.mjs'], ['dist/cli.cjs', 'demo']]) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
