import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  fallbackSpool,
  listRepositories,
  registerRepository,
  unregisterRepository,
} from '../../src/config/registry.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

async function home(): Promise<{ HOME: string; repos: string }> {
  const HOME = await scratchFolder();
  return { HOME, repos: join(HOME, '.local/state/codearts-hooks/repos') };
}

/** The common dir of a repository in which we are installed. */
async function commonDir(name = 'a'): Promise<string> {
  const folder = join(await scratchFolder(), name);
  await mkdir(join(folder, 'codearts-hooks'), { recursive: true });
  return folder;
}

test('repositories are listed once, however often they were added', async () => {
  const env = await home();
  const [one, two] = [await commonDir(), await commonDir('中文 with spaces ')];

  for (const dir of [one, two, one]) await registerRepository(dir, env);

  expect((await listRepositories(env)).sort()).toEqual([one, two].sort());
});

test('a repository is taken from the list, and again without complaint', async () => {
  const env = await home();
  const dir = await commonDir();
  await registerRepository(dir, env);

  await unregisterRepository(dir, env);
  await unregisterRepository(dir, env);

  expect(await listRepositories(env)).toEqual([]);
});

test('a repository that has gone is forgotten', async () => {
  const env = await home();
  const dir = await commonDir();
  await registerRepository(dir, env);
  await rm(dir, { recursive: true });

  expect(await listRepositories(env)).toEqual([]);
  expect(await readdir(env.repos)).toEqual([]);
});

test('a file that names no path is forgotten, and one that is being written is left', async () => {
  const env = await home();
  await mkdir(env.repos, { recursive: true });
  await writeFile(join(env.repos, 'f'.repeat(16)), '');
  await writeFile(join(env.repos, 'e'.repeat(16)), 'relative/path\n');
  await writeFile(join(env.repos, `.${'d'.repeat(16)}.x.tmp`), '');

  expect(await listRepositories(env)).toEqual([]);
  expect(await readdir(env.repos)).toEqual([`.${'d'.repeat(16)}.x.tmp`]);
});

test.each([[{}], [{ HOME: '/proc/nowhere' }], [{ HOME: '/dev/null' }]])(
  'where nothing can be kept, nothing is, and nothing fails: %j',
  async (env) => {
    await registerRepository('/r/.git', env);

    expect(await listRepositories(env)).toEqual([]);
  },
);

test('the spool of last resort is one for each repository, in the user’s state folder', () => {
  const env = { HOME: '/h' };

  expect(fallbackSpool('/r/.git', env)).toMatch(/^\/h\/\.local\/state\/codearts-hooks\/spool\/[0-9a-f]{16}$/);
  expect(fallbackSpool('/r/.git', env)).toBe(fallbackSpool('/r/.git', env));
  expect(fallbackSpool('/r/.git', env)).not.toBe(fallbackSpool('/s/.git', env));
  expect(fallbackSpool('/r/.git', {})).toBeNull();
});
