import { readdirSync, readlinkSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../src/commands/index.ts';
import type { Catalogue } from '../src/core/translate.ts';
import { zhCn } from '../src/messages/zh-cn/index.ts';
import { READMES } from './fixtures/readme.ts';
import { run } from './fixtures/run.ts';
import { scratchFolder } from './fixtures/scratch.ts';
import { schemaText } from '../scripts/schema.mjs';

/** What a generated part of the README is, and what it should be; with UPDATE_README=1 the file is mended. */
async function compare(
  path: string,
  name: string,
  lines: readonly string[],
): Promise<{ is: string; shouldBe: string }> {
  const readme = await readFile(path, 'utf8');
  const pattern = new RegExp(`(<!-- ${name}: [^\n]*-->\n)([^]*?)(<!-- /${name} -->)`);
  const part = `\n${lines.join('\n')}\n\n`;
  if (process.env['UPDATE_README'] === '1') {
    await writeFile(
      path,
      readme.replace(pattern, (_, open: string, _is, close: string) => open + part + close),
    );
  }
  const is = pattern.exec(await readFile(path, 'utf8'))?.[2] ?? 'the part is missing';
  return { is: withoutPadding(is), shouldBe: withoutPadding(part) };
}

/** The formatter aligns the columns of a table. */
function withoutPadding(text: string): string {
  return text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
}

function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}

test.for([
  ['README.md', {}, '| command | does |'],
  ['README.zh-CN.md', zhCn, '| 命令 | 作用 |'],
] as const)('the table of commands of %s says what --help says', async ([path, catalogue, head]) => {
  const said: Catalogue = catalogue;
  const rows = COMMANDS.filter(({ isHidden }) => !isHidden).map(
    ({ name, args = [], options = [], summary }) => {
      const words = [name, ...args.map(([syntax]) => syntax)].join(' ');
      const flags = options.map(([syntax]) => ` \`${cell(syntax)}\``).join('');
      return `| \`${cell(words)}\` | ${cell(said[summary] ?? summary)}${flags && `<br>${flags}`} |`;
    },
  );

  const { is, shouldBe } = await compare(path, 'commands', [head, '| --- | --- |', ...rows]);

  expect(is).toBe(shouldBe);
});

interface Property {
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly items?: Property;
}

function* rowsOf(properties: Readonly<Record<string, Property>>, prefix: string): Generator<string> {
  for (const [key, property] of Object.entries(properties)) {
    const name = `${prefix}${key}`;
    if (property.description) yield `| \`${name}\` | ${cell(property.description)} |`;
    if (property.properties) yield* rowsOf(property.properties, `${name}.`);
    if (property.items?.properties) yield* rowsOf(property.items.properties, `${name}[].`);
  }
}

test('the table of config keys says what the schema says', async () => {
  const { properties = {} } = JSON.parse(await schemaText()) as Property;
  const rows = [...rowsOf(properties, '')];

  const { is, shouldBe } = await compare('README.md', 'config', [
    '| key | meaning |',
    '| --- | --- |',
    ...rows,
  ]);

  expect(is).toBe(shouldBe);
});

test('schema.json is what the validator checks', async () => {
  expect(await readFile('schema.json', 'utf8')).toBe(await schemaText());
});

test.for(READMES)('every command of %s exists, with its options', async (path) => {
  const readme = await readFile(path, 'utf8');
  const called = [...readme.matchAll(/codearts-hooks ([a-z]+)((?: --[a-z-]+)*)/g)].map(
    ([, name = '', flags = '']) => ({ name, flags }),
  );

  expect(called.length).toBeGreaterThan(10);
  for (const { name, flags } of called) {
    const spec = COMMANDS.find((command) => command.name === name);
    expect(spec, name).toBeDefined();
    const known = [
      '--quiet',
      ...(spec?.options ?? []).map(([syntax]) => syntax.split(/[ ,]/).find((word) => word.startsWith('--'))),
    ];
    for (const flag of flags.trim().split(' ').filter(Boolean))
      expect(known, `${name} ${flag}`).toContain(flag);
  }
});

test.for(READMES)(
  'the first screen of %s has the commands that do everything, and a picture',
  async (path) => {
    const firstScreen = (await readFile(path, 'utf8')).split('\n## ')[0];

    expect(firstScreen).toContain('npx codearts-hooks init');
    expect(firstScreen).toContain('git push');
    expect(firstScreen).toContain('npm ci && npm run demo');
    expect(firstScreen).toContain('npm ci && npm test');
    expect(firstScreen).toMatch(/!\[.+\]\(docs\/demo[.\w-]*\.svg\)/);
  },
);

test('the demo shows a real push and the request that it started, and leaves nothing behind', async () => {
  const root = await scratchFolder();
  const [temporary, home] = [join(root, 'tmp'), join(root, 'home')];
  await Promise.all([mkdir(temporary), mkdir(home)]);

  const { stdout } = await run(process.execPath, ['dist/cli.cjs', 'demo'], {
    cwd: '.',
    env: { PATH: process.env['PATH'] ?? '', TMPDIR: temporary, HOME: home },
  });

  expect(stdout).toMatch(/\$ git push -u origin main\n/);
  expect(stdout).toMatch(/POST \/v1\/job\/[0-9a-z]{32}\/auto-execute\n/);
  expect(stdout).toMatch(/git push started build #1 \(\d{8}\.1\)\n$/);
  // The cache is what V8 made of the command line: platform/code-cache.ts.
  expect([...(await readdir(temporary)), ...(await readdir(home))]).toEqual(['.cache']);
  expect(processesIn(root)).toEqual([]);
});

/** Processes that work in a folder, removed or not. */
function processesIn(folder: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder) ? [pid] : [];
      } catch {
        return []; // it has ended, or is somebody else's
      }
    });
}
