// Writes the types of the package's entry: one file, with nothing in it that the entry does not name.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseSync } from 'rolldown/utils';

/**
 * Writes the declarations of `src/api/index.ts`.
 *
 * @param {string} path where to
 */
export function writeDeclarations(path) {
  const folder = mkdtempSync(join(tmpdir(), 'codearts-hooks-types-'));
  try {
    const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.types.json', '--outDir', folder];
    const { status } = spawnSync(process.execPath, tsc, { stdio: 'inherit' });
    if (status !== 0) throw new Error('the types are not sound');
    writeFileSync(path, gathered(join(folder, 'api', 'index.d.ts')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The declarations that an entry exports, with all that they name, in the order in which they are found. */
function gathered(entry) {
  const files = new Map();
  const taken = new Map();
  const read = (file) => {
    const known = files.get(file) ?? parse(file);
    files.set(file, known);
    return known;
  };
  const take = (file, name) => {
    const { declared, imported } = read(file);
    const from = imported.get(name);
    if (from) return take(from.file, from.name);
    const text = declared.get(name);
    if (text === undefined) return;
    const other = taken.get(name);
    if (other && other.file !== file) throw new Error(`${name} is declared in ${file} and in ${other.file}`);
    if (other) return;
    taken.set(name, { file, text });
    for (const [word] of withoutComments(text).matchAll(/[A-Za-z_$][\w$]*/g)) take(file, word);
  };
  const exported = read(entry).imported;
  for (const name of exported.keys()) take(entry, name);
  const parts = [...taken].map(([name, { text }]) =>
    exported.has(name) ? text : text.replace(/^export /m, ''),
  );
  // Without the last line, all declarations of the file would count as exported.
  return `${parts.join('\n')}\nexport {};\n`;
}

/** What a file declares, each with its comment, and what it takes from others; both by name. */
function parse(file) {
  const text = readFileSync(file, 'utf8');
  const declared = new Map();
  const imported = new Map();
  let end = 0;
  for (const node of parseSync(file, text).program.body) {
    const source = node.source?.value;
    for (const specifier of source?.startsWith('.') ? node.specifiers : []) {
      const there = resolve(dirname(file), source.replace(/\.ts$/, '.d.ts'));
      const [own, theirs] = [specifier.exported ?? specifier.local, specifier.imported ?? specifier.local];
      imported.set(own.name, { file: there, name: theirs.name });
    }
    const declaration = node.declaration ?? node;
    const id = declaration.id ?? declaration.declarations?.[0].id;
    if (id) declared.set(id.name, text.slice(end, node.end).trim());
    end = node.end;
  }
  return { declared, imported };
}

function withoutComments(text) {
  return text.replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
}
