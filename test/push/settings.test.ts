import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openGit } from '../../src/platform/git.ts';
import { originOf, pushUrlsOf, readGitSettings } from '../../src/push/settings.ts';
import { makeRepo } from '../fixtures/repo.ts';

test('a repository without remotes has none, and is on', async () => {
  const { product } = await makeRepo();

  expect(await readGitSettings(product)).toEqual({
    remotes: [],
    sshCommand: null,
    workTree: null,
    hasHooksPath: false,
    isEnabled: true,
  });
});

test('remotes are read with all their URLs, in order, whatever their names', async () => {
  const { product, git } = await makeRepo();
  await git(['remote', 'add', 'origin', 'https://u:p@host/r.git']);
  await git(['remote', 'add', 'a.url.b/c', '/srv/r.git']);
  await git(['remote', 'set-url', '--add', '--push', 'origin', '/one']);
  await git(['remote', 'set-url', '--add', '--push', 'origin', '/two']);
  await git(['config', '--add', 'remote.origin.fetch', '^refs/heads/wip/*']);

  const { remotes } = await readGitSettings(product);

  expect(remotes).toEqual([
    {
      name: 'origin',
      urls: ['https://u:p@host/r.git'],
      pushUrls: ['/one', '/two'],
      fetch: [
        { source: 'refs/heads/*', destination: 'refs/remotes/origin/*', isNegative: false },
        { source: 'refs/heads/wip/*', destination: null, isNegative: true },
      ],
    },
    {
      name: 'a.url.b/c',
      urls: ['/srv/r.git'],
      pushUrls: [],
      fetch: [{ source: 'refs/heads/*', destination: 'refs/remotes/a.url.b/c/*', isNegative: false }],
    },
  ]);
});

test('a value of several lines is one value', async () => {
  const { product, git } = await makeRepo();
  await git(['config', 'core.sshCommand', 'ssh -i "a\nb"']);

  expect((await readGitSettings(product)).sshCommand).toBe('ssh -i "a\nb"');
});

test.each([
  ['false', false],
  ['no', false],
  ['off', false],
  ['0', false],
  ['FALSE', false],
  ['true', true],
  ['yes', true],
  ['1', true],
])('codearts-hooks.enabled=%s', async (value, isEnabled) => {
  const { product, git } = await makeRepo();
  await git(['config', 'codearts-hooks.enabled', value]);

  expect((await readGitSettings(product)).isEnabled).toBe(isEnabled);
});

test('of several scopes the nearest says whether it is on, and a key without a value says yes', async () => {
  const { product, git, gitDir } = await makeRepo();
  await git(['config', 'codearts-hooks.enabled', 'false']);
  await git(['config', '--add', 'codearts-hooks.enabled', 'true']);
  expect((await readGitSettings(product)).isEnabled).toBe(true);

  await git(['config', '--unset-all', 'codearts-hooks.enabled']);
  await appendFile(join(gitDir, 'config'), '[codearts-hooks]\n\tenabled\n');

  expect((await readGitSettings(product)).isEnabled).toBe(true);
});

test('a hooks dir of the user’s own is told of', async () => {
  const { product, git } = await makeRepo();
  await git(['config', 'core.hooksPath', 'hooks']);

  expect(await readGitSettings(product)).toMatchObject({ hasHooksPath: true });
});

test('an empty value means no, as for git', async () => {
  const { product, git } = await makeRepo();
  await git(['config', 'codearts-hooks.enabled', '']);

  expect((await readGitSettings(product)).isEnabled).toBe(false);
});

test('the work tree of a submodule is told by its repository', async () => {
  const inner = await makeRepo();
  await inner.commit('one');
  const { git, gitDir, dir, env } = await makeRepo();
  await git(['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.dir, 'sub']);
  const product = openGit(join(gitDir, 'modules', 'sub'), join(dir, 'sub'), env);

  expect(await readGitSettings(product)).toMatchObject({
    workTree: '../../../sub',
    remotes: [{ name: 'origin', urls: [inner.dir] }],
  });
});

test('a push goes to the push URLs, after insteadOf', async () => {
  const { product, git } = await makeRepo();
  await git(['remote', 'add', 'origin', 'gh:r.git']);
  await git(['config', 'url.https://host/.insteadOf', 'gh:']);
  await git(['remote', 'add', 'two', '/fetched']);
  await git(['remote', 'set-url', '--add', '--push', 'two', '/one']);
  await git(['remote', 'set-url', '--add', '--push', 'two', '/two']);

  expect(await pushUrlsOf(product, 'origin')).toEqual(['https://host/r.git']);
  expect(await pushUrlsOf(product, 'two')).toEqual(['/one', '/two']);
  expect(await pushUrlsOf(product, 'nowhere')).toEqual([]);
  expect(await pushUrlsOf(product, '--all')).toEqual([]);
});

test('a repository is known by its origin without credentials, else by another remote, else by its path', async () => {
  const { product, git } = await makeRepo();
  expect(originOf(await readGitSettings(product), '/r/.git')).toBe('/r/.git');

  await git(['remote', 'add', 'first', 'https://u:p@host/first.git']);
  await git(['config', 'remote.keyless.fetch', 'x']);
  expect(originOf(await readGitSettings(product), '/r/.git')).toBe('https://host/first.git');

  await git(['remote', 'add', 'origin', 'https://u:p@host/origin.git']);
  expect(originOf(await readGitSettings(product), '/r/.git')).toBe('https://host/origin.git');
});

test.each([
  'https://evil.example/x@git.example/shop/app.git',
  'https://evil.example?@git.example/shop/app.git',
  'https://evil.example#@git.example/shop/app.git',
  'https://git.example\\@evil.example/shop/app.git',
  'ssh://git@evil.example/x@git.example/shop/app.git',
  'evil.example:x@git.example:shop/app.git',
])('%s, which leads elsewhere than it seems to, is no name of a repository', async (url) => {
  const { product, git } = await makeRepo();
  await git(['remote', 'add', 'origin', url]);

  expect(originOf(await readGitSettings(product), '/r/.git')).toBe('/r/.git');
});

test.each([
  ['https://u:p@git.example/shop/app.git?token=x#y', 'https://git.example/shop/app.git'],
  ['https://git.example/npm/@scope/app.git', 'https://git.example/npm/@scope/app.git'],
  ['ssh://git:p@git.example:2222/shop/app.git', 'ssh://git@git.example:2222/shop/app.git'],
  ['git@git.example:shop/app.git', 'git@git.example:shop/app.git'],
  ['/srv/git/shop@home.git', '/srv/git/shop@home.git'],
])('%s is the repository %s', async (url, name) => {
  const { product, git } = await makeRepo();
  await git(['remote', 'add', 'origin', url]);

  expect(originOf(await readGitSettings(product), '/r/.git')).toBe(name);
});
