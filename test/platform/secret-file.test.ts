import { chmod, lstat, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSecretFile, writeSecretFile } from '../../src/platform/secret-file.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function place(): Promise<{ folder: string; path: string }> {
  const folder = join(await scratchFolder(), 'a', 'codearts-hooks');
  return { folder, path: join(folder, 'credentials.json') };
}

async function written(text = 'secret'): Promise<{ folder: string; path: string }> {
  const at = await place();
  expect(await writeSecretFile(at.path, text)).toBeNull();
  return at;
}

test('what was written is read again; file and folder are the user’s alone', async () => {
  const { folder, path } = await written();

  expect(await readSecretFile(path)).toEqual({ kind: 'text', text: 'secret' });
  expect((await lstat(path)).mode & 0o777).toBe(0o600);
  expect((await lstat(folder)).mode & 0o777).toBe(0o700);
});

test('without a file there is none', async () => {
  expect(await readSecretFile('/nowhere/x')).toEqual({ kind: 'none' });
  expect(await readSecretFile('/dev/null/x')).toEqual({ kind: 'none' });
});

test.each([
  [0o644, 'secret'],
  [0o640, 'secret'],
  [0o604, 'secret'],
  [0o660, null],
  [0o622, null],
])(
  'a file of mode %o is not used, and the remedy is told; for who writes it anew it says %j',
  async (mode, text) => {
    const { path } = await written();
    await chmod(path, mode);

    expect(await readSecretFile(path)).toEqual({
      kind: 'unsafe',
      reason: `${path} can be read by others; chmod 600 ${path}`,
      text,
    });
  },
);

test.each([0o777, 0o770, 0o702])('in a folder of mode %o nothing is read or written', async (mode) => {
  const { folder, path } = await written();
  await chmod(folder, mode);

  const reason = `${folder} can be written by others; chmod 700 ${folder}`;
  expect(await readSecretFile(path)).toEqual({ kind: 'unsafe', reason, text: null });
  expect(await writeSecretFile(path, 'new')).toBe(reason);
  expect(await readFile(path, 'utf8')).toBe('secret');
});

test('a link is not followed: neither read, nor written through', async () => {
  const { folder, path } = await place();
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const victim = join(folder, 'victim');
  await writeFile(victim, 'theirs', { mode: 0o600 });
  await symlink(victim, path);

  expect(await readSecretFile(path)).toMatchObject({
    kind: 'unsafe',
    reason: expect.stringContaining('symbolic link'),
  });
  expect(await writeSecretFile(path, 'ours')).toBeNull();
  expect(await readFile(victim, 'utf8')).toBe('theirs');
  expect(await readSecretFile(path)).toEqual({ kind: 'text', text: 'ours' });
});

test('a folder in its place is told', async () => {
  const { path } = await place();
  await mkdir(path, { recursive: true });

  expect(await readSecretFile(path)).toEqual({ kind: 'unsafe', reason: `${path} is not a file`, text: null });
  expect(await writeSecretFile(path, 'x')).toMatch(/cannot be written \(EISDIR\)|ENOTEMPTY|EEXIST/);
});

test.each(['/proc/nowhere/a/b', '/dev/null/a/b'])(
  'where nothing can be written it says so, and does not hang: %s',
  async (path) => {
    expect(await writeSecretFile(path, 'x')).toMatch(/cannot be written \(/);
  },
);
