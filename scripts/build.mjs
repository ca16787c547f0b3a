// Builds dist/: the command line, the runner, and the licences of what is bundled in them.
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { rolldown } from 'rolldown';
import { loadConfig } from 'rolldown/config';
import { writeNotices } from './notices.mjs';
import { writeSchema } from './schema.mjs';

// Built aside and swapped in: a test that runs meanwhile sees one build or the other.
const draft = `dist.${process.pid}.tmp`;
const modules = new Set();
for (const config of await loadConfig('rolldown.config.ts')) {
  const { output, ...input } = config;
  const bundle = await rolldown(input);
  const place = output.file
    ? { file: output.file.replace('dist', draft) }
    : { dir: output.dir.replace('dist', draft) };
  const { output: chunks } = await bundle.write({ ...output, ...place });
  for (const chunk of chunks) if (chunk.type === 'chunk') for (const id of chunk.moduleIds) modules.add(id);
  await bundle.close();
}
chmodSync(`${draft}/cli.js`, 0o755);
if (existsSync('dist')) renameSync('dist', `${draft}.old`);
renameSync(draft, 'dist');
rmSync(`${draft}.old`, { recursive: true, force: true });
writeNotices(modules, 'THIRD-PARTY-NOTICES.txt');
await writeSchema('schema.json');
