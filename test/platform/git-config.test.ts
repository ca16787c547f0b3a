import { appendFile, chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../../src/platform/git-config.ts';
import { findRepository } from '../../src/platform/repository.ts';
import { makeRepo } from '../fixtures/repo.ts';
import { run } from '../fixtures/run.ts';

test('entries are as git has them: in order, with lines in values, empty ones, and keys without a value', async () => {
  const { git, gitDir } = await makeRepo();
  await git(['config', 'a.lines', 'one\ntwo']);
  await git(['config', '--add', 'a.lines', '']);
  await appendFile(join(gitDir, 'config'), '[a]\n\tbare\n');

  const { stdout: scoped } = await git(['config', '--show-scope', '-z', '--get-regexp', '^a\\.']);
  const { stdout: plain } = await git(['config', '-z', '--get-regexp', '^a\\.']);

  const entries = [
    { scope: 'local', key: 'a.lines', value: 'one\ntwo' },
    { scope: 'local', key: 'a.lines', value: '' },
    { scope: 'local', key: 'a.bare', value: null },
  ];
  expect(parseConfig(scoped, true)).toEqual(entries);
  expect(parseConfig(plain, false)).toEqual(entries.map((entry) => ({ ...entry, scope: '' })));
  expect(parseConfig('', true)).toEqual([]);
});

test('a repository tells of its remotes and hooks, and where each is set, the environment too', async () => {
  const { git, dir, env } = await makeRepo();
  await git(['remote', 'add', 'origin', '/srv/r.git']);
  await git(['config', 'user.name', 'Dev']);
  const own = {
    ...env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.hooksPath',
    GIT_CONFIG_VALUE_0: 'mine',
  };

  const { config, hooksDir, hooksPathScope } = await findRepository(dir, own);

  expect(config).toEqual([
    { scope: 'local', key: 'remote.origin.url', value: '/srv/r.git' },
    { scope: 'local', key: 'remote.origin.fetch', value: '+refs/heads/*:refs/remotes/origin/*' },
    { scope: 'command', key: 'core.hookspath', value: 'mine' },
  ]);
  expect({ hooksDir, hooksPathScope }).toEqual({ hooksDir: join(dir, 'mine'), hooksPathScope: 'command' });
});

test('the repository that the environment names is found, from anywhere', async () => {
  const { git, dir, gitDir, root, env } = await makeRepo();
  await git(['remote', 'add', 'origin', '/srv/named.git']);

  const found = await findRepository(root, { ...env, GIT_DIR: gitDir, GIT_WORK_TREE: dir });

  expect(found).toMatchObject({ gitDir, commonDir: gitDir, config: [{ value: '/srv/named.git' }, {}] });
});

test('without git that is told, and not that there is no repository', async () => {
  const { dir, env } = await makeRepo();

  await expect(findRepository(dir, { ...env, PATH: '/nowhere' })).rejects.toMatchObject({
    code: 'no-git',
    message: 'git cannot be started: spawn git ENOENT',
  });
});

test.skipIf(process.getuid?.() !== 0)(
  'a repository of somebody else’s is said to be one, with git’s own remedy',
  async () => {
    const { dir, root, env } = await makeRepo();
    await run('chown', ['-R', '12345', dir], { cwd: root, env });

    await expect(findRepository(dir, env)).rejects.toMatchObject({
      code: 'not-a-repository',
      message: `the repository at ${dir} belongs to somebody else`,
      hint: `git config --global --add safe.directory ${dir}`,
    });
  },
);

test('a path with a line end in it is told to be one', async () => {
  const { dir, root, env } = await makeRepo();
  const odd = join(root, 'a\nb');
  await rename(dir, odd);
  const told = { code: 'usage', hint: 'give the folder another name' };

  await expect(findRepository(odd, env)).rejects.toMatchObject(told);
  await mkdir(join(root, 'a')); // what is before the line end may be a folder of its own
  await expect(findRepository(odd, env)).rejects.toMatchObject(told);
});

test('a git that is there and does not start is no lack of git, and a broken config no lack of a repository', async () => {
  const { dir, gitDir, root, env } = await makeRepo();
  const bin = join(root, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'git'), '');
  await chmod(join(bin, 'git'), 0o644);
  await appendFile(join(gitDir, 'config'), '[bad\n');

  await expect(findRepository(dir, { ...env, PATH: bin })).rejects.toMatchObject({ code: 'git-failed' });
  await expect(findRepository(dir, env)).rejects.toMatchObject({
    code: 'git-failed',
    message: expect.stringContaining('bad config line'),
  });
});

test('a path that is too long is no folder', async () => {
  await expect(findRepository(`/${'x'.repeat(300)}`, { PATH: '/usr/bin:/bin' })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('there is no folder'),
  });
});
