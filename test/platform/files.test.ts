import { constants } from 'node:fs';
import { access, mkdir, readFile, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  appendLine,
  hasCode,
  listNames,
  makeFolder,
  makeTemporaryFolder,
  orNull,
  readText,
  removeFile,
  rm,
  sync,
  writeAtomic,
} from '../../src/platform/files.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

test('a file that is not there, or below a file, is null, and other failures are thrown', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'file'), '');

  expect(await readText(join(folder, 'no', 'file'))).toBeNull();
  expect(await readText(join(folder, 'file', 'below'))).toBeNull();
  expect(await orNull(Promise.resolve(1))).toBe(1);
  await expect(readText(folder)).rejects.toMatchObject({ code: 'EISDIR' });
});

test('a file over the limit is not read', async () => {
  const path = join(await scratchFolder(), 'file');
  await writeFile(path, '中文');

  expect(await readText(path, 6)).toBe('中文');
  await expect(readText(path, 5)).rejects.toThrow(RangeError);
});

test('names are sorted, and a folder that is not there has none', async () => {
  const folder = await scratchFolder();
  for (const name of ['b', 'a', 'c']) await writeFile(join(folder, name), '');

  expect(await listNames(folder)).toEqual(['a', 'b', 'c']);
  expect(await listNames(join(folder, 'no'))).toEqual([]);
});

test.each([{ durable: true }, { durable: false }])(
  'a file is replaced as a whole, readable by its owner alone: %j',
  async (options) => {
    const folder = await scratchFolder();
    const path = join(folder, 'file');
    await writeFile(path, 'a longer text than the new one', { mode: 0o644 });

    await writeAtomic(path, 'new', options);

    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await modeOf(path)).toBe('600');
    expect(await readdir(folder)).toEqual(['file']);
  },
);

test('a file gets the mode that it is to have, whatever the umask', async () => {
  const path = join(await scratchFolder(), 'hook');
  const before = process.umask(0o777);

  await writeAtomic(path, '#!/bin/sh\n', { mode: 0o755 }).finally(() => process.umask(before));

  expect(await modeOf(path)).toBe('755');
});

test('a write that fails leaves the old file and no other', async () => {
  const folder = await scratchFolder();
  await mkdir(join(folder, 'taken', 'below'), { recursive: true });

  await expect(writeAtomic(join(folder, 'taken'), 'text')).rejects.toThrow();

  expect(await readdir(folder)).toEqual(['taken']);
});

test('a hundred writers at once leave one whole text', async () => {
  const folder = await scratchFolder();
  const path = join(folder, 'file');
  const texts = Array.from({ length: 100 }, (_, n) => String(n % 10).repeat(1000));

  await Promise.all(texts.map((text) => writeAtomic(path, text, { durable: false })));

  expect(texts).toContain(await readFile(path, 'utf8'));
  expect(await readdir(folder)).toEqual(['file']);
});

test('what a process of the same id has left half written is in nobody’s way', async () => {
  const folder = await scratchFolder();
  const path = join(folder, 'file');
  for (let n = 0; n < 50; n += 1) await writeFile(join(folder, `.file.${process.pid}.${n}.tmp`), 'half');

  await writeAtomic(path, 'whole');

  expect(await readFile(path, 'utf8')).toBe('whole');
});

test('lines are added to a file that only its owner reads', async () => {
  const path = join(await scratchFolder(), 'log');

  await appendLine(path, 'one');
  await appendLine(path, 'two');

  expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  expect(await modeOf(path)).toBe('600');
});

test('folders are made with their parents, for their owner alone, and again without complaint', async () => {
  const folder = await scratchFolder();

  await makeFolder(join(folder, 'a', 'b', 'c'));
  await makeFolder(join(folder, 'a', 'b', 'c'));

  expect(await modeOf(join(folder, 'a'))).toBe('700');
  expect(await modeOf(join(folder, 'a', 'b', 'c'))).toBe('700');
});

test.each([['/proc/nowhere'], ['/proc/nowhere/at/all'], ['/proc/1/nowhere']])(
  'a folder that cannot be made, %s, is an error and no endless loop',
  async (path) => {
    await expect(makeFolder(path)).rejects.toThrow(/E(?:NOENT|ACCES|PERM)/);
  },
);

test('a folder below a file is an error', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'file'), '');

  await expect(makeFolder(join(folder, 'file', 'a', 'b'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});

test('a file is removed once, and a link rather than what it leads to', async () => {
  const folder = await scratchFolder();
  await writeFile(join(folder, 'kept'), '');
  await symlink('kept', join(folder, 'link'));

  expect(await removeFile(join(folder, 'link'))).toBe(true);
  expect(await removeFile(join(folder, 'link'))).toBe(false);
  expect(await removeFile(join(folder, 'kept', 'below'))).toBe(false);
  expect(await readdir(folder)).toEqual(['kept']);
  await expect(removeFile(folder)).rejects.toThrow();
});

test('syncing takes files and folders, and fails for what is not there', async () => {
  const folder = await scratchFolder();

  await sync(folder);

  await expect(sync(join(folder, 'no'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a temporary folder is empty, has its real path, and a name of its own', async () => {
  const [one, two] = await Promise.all([makeTemporaryFolder('test-'), makeTemporaryFolder('test-')]);

  expect(basename(one)).toMatch(/^test-/);
  expect(one).not.toBe(two);
  expect(await readdir(one)).toEqual([]);
  await access(one, constants.W_OK);
  await Promise.all([rm(one, { recursive: true }), rm(two, { recursive: true })]);
});

test.each([
  [Object.assign(new Error('x'), { code: 'ENOENT' }), true],
  [Object.assign(new Error('x'), { code: 'EACCES' }), false],
  [new Error('ENOENT'), false],
  [{ code: 'ENOENT' }, false],
  [null, false],
])('only an error of the system has its code: %j', (error, expected) => {
  expect(hasCode(error, 'ENOENT', 'ENOTDIR')).toBe(expected);
});
