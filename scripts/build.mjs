// Builds dist/: the command line, the runner, and the licences of what is bundled in them.
import { chmodSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { loadConfig } from 'rolldown/config';
import { writeNotices } from './notices.mjs';

rmSync('dist', { recursive: true, force: true });
const modules = new Set();
for (const config of await loadConfig('rolldown.config.ts')) {
  const { output, ...input } = config;
  const bundle = await rolldown(input);
  const { output: chunks } = await bundle.write(output);
  for (const chunk of chunks) if (chunk.type === 'chunk') for (const id of chunk.moduleIds) modules.add(id);
  await bundle.close();
}
chmodSync('dist/cli.js', 0o755);
writeNotices(modules, 'THIRD-PARTY-NOTICES.txt');
