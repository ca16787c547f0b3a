// Builds dist/: the command line, the runner, the module with its types, and what is bundled in them: its licences, and the SBOM.
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { loadConfig } from 'rolldown/config';
import { writeDeclarations } from './declarations.mjs';
import { bundledPackages, writeNotices } from './notices.mjs';
import { writeSbom } from './sbom.mjs';
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
  for (const { fileName, moduleIds } of chunks) {
    const file = join(draft, fileName);
    writeFileSync(file, ascii(readFileSync(file, 'utf8')));
    for (const id of moduleIds) modules.add(id);
  }
  await bundle.close();
}
chmodSync(`${draft}/cli.cjs`, 0o755);
writeDeclarations(`${draft}/index.d.ts`);
if (existsSync('dist')) renameSync('dist', `${draft}.old`);
renameSync(draft, 'dist');
rmSync(`${draft}.old`, { recursive: true, force: true });
const packages = bundledPackages(modules);
writeNotices(packages, 'THIRD-PARTY-NOTICES.txt');
writeSbom(packages, 'sbom.cdx.json');
await writeSchema('schema.json');

/** Source of ASCII alone, which V8 keeps in half the memory: what is not ASCII is in strings and expressions. */
function ascii(/** @type {string} */ text) {
  return text.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
