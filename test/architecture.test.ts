import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { commandsZhCn } from '../src/messages/zh-cn/commands.ts';

const SRC = resolve('src');

/** Which folders a folder of `src` may import, design.md section 6; a file at the top is a layer of its own. */
const BELOW = [
  'core',
  'platform',
  'config',
  'hook',
  'push',
  'rules',
  'event',
  'spool',
  'ledger',
  'codearts',
  'delivery',
  'install',
  'sandbox',
];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  platform: ['core'],
  config: ['core', 'platform'],
  hook: ['core'],
  push: ['core', 'platform', 'hook'],
  rules: ['core', 'config'],
  event: ['core', 'platform', 'push', 'rules'],
  spool: ['core', 'platform', 'event'],
  ledger: ['core', 'platform', 'event'],
  codearts: ['core', 'platform', 'config'],
  delivery: ['core', 'platform', 'config', 'event', 'spool', 'ledger', 'codearts'],
  install: ['core', 'platform', 'config'],
  sandbox: ['core', 'codearts'],
  ui: ['core'],
  messages: ['core'],
  api: BELOW,
  commands: [...BELOW, 'ui', 'messages'],
  runner: [...BELOW, 'messages'],
  'main.ts': ['commands', 'core', 'ui', 'platform'],
  'cli.ts': ['main.ts', 'core', 'platform'],
  'start-cli.ts': ['config', 'platform'],
  'bin.ts': ['start-cli.ts', 'core', 'platform'],
};

/** Built-in modules that only compute. */
const PURE_BUILTINS = ['node:path', 'node:crypto', 'node:util', 'node:buffer', 'node:url'];
/** Folders that may use others, and which; null: all. */
const MAY_TOUCH_WORLD: Readonly<Record<string, readonly string[] | null>> = {
  platform: null,
  sandbox: ['node:http'],
};

/** Time, chance, the process, the network: by the names that every module has. */
const WORLDLY =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|(?<![\w-])process\.\w|\bfetch\(|\bset(?:Timeout|Interval)\(/;

interface Import {
  readonly file: string;
  readonly from: string;
  readonly specifier: string;
  readonly kind: 'static' | 'type' | 'dynamic';
}

const FILES = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .sort();
const IMPORTS = FILES.flatMap((file) => importsOf(file));

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  const from = layerOf(file);
  const named = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm);
  const later = text.matchAll(/\bimport\(\s*'([^']+)'/g);
  return [
    ...[...named].map(([, type, specifier = '']) => ({
      file,
      from,
      specifier,
      kind: type ? ('type' as const) : ('static' as const),
    })),
    ...[...later].map(([, specifier = '']) => ({ file, from, specifier, kind: 'dynamic' as const })),
  ];
}

function layerOf(file: string): string {
  return relative(SRC, file).split('/')[0] ?? '';
}

function lineCount(file: string): number {
  return readFileSync(file, 'utf8').split('\n').length - 1;
}

/** The text of a file without comments. */
function codeOf(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|\s\/\/ .*$/gm, '');
}

/** What a file loads before its first line runs: our files, and packages by name. */
function loadedBy(entry: string): { readonly files: ReadonlySet<string>; readonly packages: string[] } {
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const { specifier } of importsOf(file).filter(({ kind }) => kind === 'static')) {
      if (specifier.startsWith('.')) files.add(resolve(dirname(file), specifier));
      else if (!specifier.startsWith('node:')) packages.add(specifier);
    }
  }
  return { files, packages: [...packages].sort() };
}

test('every folder of src has its row in the table of layers', () => {
  expect([...new Set(FILES.map(layerOf))].filter((layer) => !(layer in MAY_IMPORT))).toEqual([]);
});

test('imports follow the layers', () => {
  const wrong = IMPORTS.filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ file, from, specifier }) => ({ file, from, to: layerOf(resolve(dirname(file), specifier)) }))
    .filter(({ from, to }) => from !== to && !MAY_IMPORT[from]?.includes(to))
    .map(({ file, to }) => `${relative(SRC, file)} -> ${to}`);

  expect(wrong).toEqual([]);
});

test('every import names a file that is there', () => {
  const missing = IMPORTS.filter(({ specifier }) => specifier.startsWith('.')).filter(
    ({ file, specifier }) => !existsSync(resolve(dirname(file), specifier)),
  );

  expect(missing).toEqual([]);
});

test('main takes nothing but types from platform: what it does to the world comes in as an argument', () => {
  const wrong = IMPORTS.filter(
    ({ from, specifier, kind }) =>
      from === 'main.ts' && specifier.startsWith('./platform/') && kind !== 'type',
  );

  expect(wrong).toEqual([]);
});

test('only platform imports modules of node that touch the world, and the sandbox its server', () => {
  const wrong = IMPORTS.filter(
    ({ specifier }) => specifier.startsWith('node:') || builtinModules.includes(specifier),
  )
    .filter(({ specifier }) => !PURE_BUILTINS.includes(specifier))
    .filter(({ from, specifier }) => {
      const allowed = MAY_TOUCH_WORLD[from];
      return allowed === undefined || (allowed !== null && !allowed.includes(specifier));
    })
    .map(({ file, specifier }) => `${relative(SRC, file)} -> ${specifier}`);

  expect(wrong).toEqual([]);
});

test('only platform and the sandbox touch time, chance, the process and the network', () => {
  const wrong = FILES.filter((file) => !(layerOf(file) in MAY_TOUCH_WORLD))
    .filter((file) => WORLDLY.test(codeOf(file)))
    .map((file) => `${relative(SRC, file)}: ${WORLDLY.exec(codeOf(file))?.[0]}`);

  expect(wrong).toEqual([]);
});

test('files are short: 250 lines at most, half of them 80 or fewer', ({ task }) => {
  const sizes = FILES.map((file) => ({ file: relative(SRC, file), lines: lineCount(file) }));
  const lines = sizes.map((size) => size.lines).sort((a, b) => a - b);
  const median = lines[Math.floor(lines.length / 2)] ?? 0;
  console.log(`${task.name}: ${lines.length} files of src, median ${median} lines (goal 60)`);

  expect(sizes.filter((size) => size.lines > 250)).toEqual([]);
  expect(median).toBeLessThanOrEqual(80);
});

test('test files have 250 lines at most', () => {
  const tests = readdirSync('test', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

  expect(tests.filter((file) => lineCount(file) > 250)).toEqual([]);
});

test('the runner loads no package before its first line, but those that read the config and its rules', () => {
  const { packages } = loadedBy(join(SRC, 'runner', 'entry.ts'));

  expect(packages.filter((name) => !['leven', 'picomatch', 'valibot'].includes(name))).toEqual([]);
});

test('the runner loads neither commands nor what they show', () => {
  const { files } = loadedBy(join(SRC, 'runner', 'entry.ts'));
  const layers = new Set([...files].map(layerOf));

  expect(['commands', 'install', 'sandbox', 'ui'].filter((layer) => layers.has(layer))).toEqual([]);
});

test('a catalogue is loaded for its language alone, and the runner has no more of it than it says', () => {
  const early = IMPORTS.filter(
    ({ from, specifier, kind }) =>
      from !== 'messages' && specifier.includes('/messages/zh-cn/') && kind !== 'dynamic',
  );

  expect(early).toEqual([]);
  expect(readFileSync('dist/runner.cjs', 'utf8')).not.toContain(commandsZhCn['how many (20)']);
});

test('the built runner is one file that requires nothing but modules of node', () => {
  const text = codeOf('dist/runner.cjs');
  const required = [...text.matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(([, name = '']) => name);
  const foreign = required.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name));

  expect(required).toContain('node:fs');
  expect(foreign).toEqual([]);
  expect(text).not.toMatch(/\bimport\(\s*["'`]\.{1,2}\//);
});
