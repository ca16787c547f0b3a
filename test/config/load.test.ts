import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type LoadedConfig, loadConfig, loadConfigFromCommit } from '../../src/config/load.ts';
import { makeRepo } from '../fixtures/repo.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const ID = 'f9d6c8466d614a9788e9a0acf6c15f46';
const TEXT = `{ "jobs": [{ "name": "ci", "id": "${ID}" }] }\n`;
const NONE = { path: null, config: null, problems: [] };

/** Writes the files of a work tree. */
async function tree(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await scratchFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** A config in short: where it is, its jobs (null: invalid), and its problems. */
function short({ path, config, problems }: LoadedConfig) {
  return [
    path,
    config?.jobs.map(({ name }) => name) ?? null,
    problems.map(({ key, line, column, message }) => `${key}@${line}:${column} ${message}`),
  ];
}

test('a work tree without a config has none', async () => {
  expect(await loadConfig(await tree({}))).toEqual(NONE);
  expect(await loadConfig('/nowhere')).toEqual(NONE);
});

test.each([
  ['codearts-hooks.json', TEXT],
  ['.config/codearts-hooks.json', TEXT],
  ['package.json', `{ "name": "x", "codearts-hooks": ${TEXT} }`],
])('a config is found in %s', async (path, text) => {
  expect(short(await loadConfig(await tree({ [path]: text })))).toEqual([path, ['ci'], []]);
});

test('the first that is found counts, even when it is broken', async () => {
  const files = { 'codearts-hooks.json': '{', '.config/codearts-hooks.json': TEXT };

  expect(await loadConfig(await tree(files))).toMatchObject({ path: 'codearts-hooks.json', config: null });
});

test.each([
  ['a byte order mark', `\uFEFF${TEXT}`],
  ['carriage returns', TEXT.replaceAll('\n', '\r\n').replaceAll(' ', '\r\n')],
  ['no last line end', TEXT.trim()],
  ['64 KiB', TEXT.padEnd(64 * 1024, ' ')],
])('a config with %s is read', async (_, text) => {
  expect(short(await loadConfig(await tree({ 'codearts-hooks.json': text })))).toEqual([
    'codearts-hooks.json',
    ['ci'],
    [],
  ]);
});

test.each([
  ['one byte too many', TEXT.padEnd(64 * 1024 + 1, ' '), ['@1:1 is too large: 65537 bytes, at most 65536']],
  ['nothing in it', '', ['@1:1 not valid JSON: value expected']],
  ['a byte order mark and an error', '\uFEFF{\r\n  "jobs": ]\r\n}', ['@2:11 not valid JSON: value expected']],
  ['a wrong key', '{\n  "jobs": [],\n  "token": "x"\n}', [expect.stringMatching(/^token@3:3 may not/)]],
])('a config with %s is invalid, and says where', async (_, text, problems) => {
  const found = short(await loadConfig(await tree({ 'codearts-hooks.json': text })));

  expect(found).toEqual(['codearts-hooks.json', null, problems]);
});

const DEEP = 'is nested more than 64 levels deep';

test.each([
  ['brackets without end', '['.repeat(30_000), `@1:65 ${DEEP}`],
  [
    'an unknown key that is nested without end',
    `{\n  "x": ${'['.repeat(20_000)}${']'.repeat(20_000)}, "jobs": []\n}`,
    `@2:71 ${DEEP}`,
  ],
  ['objects without end', '{"a":'.repeat(10_000), `@1:321 ${DEEP}`],
  ['brackets after a comment', `/*"*/${'['.repeat(30_000)}`, `@1:70 ${DEEP}`],
  ['brackets that others close', '[}'.repeat(15_000), `@1:129 ${DEEP}`],
])('a config of %s is invalid, and crashes nothing', async (_, text, problem) => {
  expect(short(await loadConfig(await tree({ 'codearts-hooks.json': text })))).toEqual([
    'codearts-hooks.json',
    null,
    [problem],
  ]);
});

test('a package.json that is nested without end is ours with our key alone', async () => {
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const read = async (text: string) => short(await loadConfig(await tree({ 'package.json': text })));

  expect(await read(`{"x": ${deep}}`)).toEqual(short(NONE));
  expect(await read(`{"x": ${deep}, "devDependencies": {"codearts-hooks": "1"}}`)).toEqual(short(NONE));
  expect(await read('['.repeat(100_000))).toEqual(short(NONE));
  expect(await read(`{"x": ${deep}, "codearts-hooks": ${TEXT}}`)).toEqual([
    'package.json',
    null,
    [`@1:70 ${DEEP}`],
  ]);
});

test('why a config is invalid is told by what makes it so, and not by a warning before it', async () => {
  const text = '{\n  "foo": 1,\n  "jobs": [{ "bar": 1 }],\n  "token": "x"\n}';

  expect(short(await loadConfig(await tree({ 'codearts-hooks.json': text })))).toEqual([
    'codearts-hooks.json',
    null,
    [
      'token@4:3 may not be set in a committed file; it belongs to each user',
      'jobs[0].id@3:12 is missing',
      'foo@2:3 unknown key; it is ignored',
      'jobs[0].bar@3:14 unknown key; it is ignored',
    ],
  ]);
});

test('a warning leaves the config valid', async () => {
  const text = TEXT.replace('{ "jobs"', '{ "regoin": 1, "jobs"');

  expect(short(await loadConfig(await tree({ 'codearts-hooks.json': text })))).toMatchObject([
    'codearts-hooks.json',
    ['ci'],
    ['regoin@1:3 unknown key, did you mean "region"?; it is ignored'],
  ]);
});

test('a folder where the config should be is a problem of the user’s, and no crash', async () => {
  const folder = await tree({ 'codearts-hooks.json/x': '' });

  expect(short(await loadConfig(folder))).toEqual(['codearts-hooks.json', null, ['@1:1 is not a file']]);
});

test('links in a circle are a problem of the user’s, and no crash', async () => {
  const folder = await tree({});
  await symlink('codearts-hooks.json', join(folder, 'codearts-hooks.json'));

  expect(short(await loadConfig(folder))).toEqual(['codearts-hooks.json', null, ['@1:1 cannot be read']]);
});

test('a link that leads nowhere is no config', async () => {
  const folder = await tree({});
  await symlink('gone', join(folder, 'codearts-hooks.json'));

  expect(await loadConfig(folder)).toEqual(NONE);
});

test.each([
  ['without our key', '{ "name": "x", "devDependencies": { "codearts-hooks": "1" } }'],
  ['that is broken and says nothing of us', '{ "name": '],
  ['that is no object', '[]'],
  ['that is empty', ''],
])('a package.json %s is somebody else’s affair', async (_, text) => {
  expect(await loadConfig(await tree({ 'package.json': text }))).toEqual(NONE);
});

test('a package.json that is a folder, or cannot be read, is somebody else’s affair', async () => {
  expect(await loadConfig(await tree({ 'package.json/x': '' }))).toEqual(NONE);

  const folder = await tree({});
  await symlink('package.json', join(folder, 'package.json'));

  expect(await loadConfig(folder)).toEqual(NONE);
});

test('a package.json that is broken and names us is a problem, in its place', async () => {
  const text = '{\n  "codearts-hooks": {\n    "jobs": [,]\n  }\n}';

  expect(short(await loadConfig(await tree({ 'package.json': text })))).toEqual([
    'package.json',
    null,
    ['@3:14 not valid JSON: value expected'],
  ]);
});

test('a wrong key in package.json is in its place, by its whole path', async () => {
  const text = '{\n  "name": "x",\n  "codearts-hooks": {\n    "jobs": 7\n  }\n}';

  expect(short(await loadConfig(await tree({ 'package.json': text })))).toEqual([
    'package.json',
    null,
    ['codearts-hooks.jobs@4:5 must be Array, not 7'],
  ]);
});

test('a large package.json may have a config', async () => {
  const text = `{ "x": "${'x'.repeat(100_000)}", "codearts-hooks": ${TEXT} }`;

  expect(short(await loadConfig(await tree({ 'package.json': text })))).toEqual(['package.json', ['ci'], []]);
});

test.each([
  ['codearts-hooks.json', TEXT, ['ci'], []],
  ['.config/codearts-hooks.json', TEXT, ['ci'], []],
  ['package.json', `{ "codearts-hooks": ${TEXT} }`, ['ci'], []],
  [
    'codearts-hooks.json',
    TEXT.replace('ci', '中'.repeat(22_000)),
    null,
    ['@1:1 is too large: 66071 bytes, at most 65536'],
  ],
])(
  'a bare repository’s config is read from the pushed commit: %s',
  async (...[path, text, jobs, problems]) => {
    const { git, dir, commit, product } = await makeRepo();
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text);
    await git(['add', '.']);
    const pushed = await commit('config');
    await git(['rm', '--quiet', '-r', '.']);
    await commit('no config');

    expect(short(await loadConfigFromCommit(product, pushed))).toEqual([path, jobs, problems]);
  },
);

test('a commit without a config has none, nor has one that is missing', async () => {
  const { commit, product } = await makeRepo();

  expect(await loadConfigFromCommit(product, await commit('no config'))).toEqual(NONE);
  expect(await loadConfigFromCommit(product, 'b'.repeat(40))).toEqual(NONE);
});
