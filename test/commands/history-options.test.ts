import { lstat, readFile, readdir, symlink, writeFile, chmod, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../fixtures/run.ts';
import { CLI, test } from '../fixtures/world.ts';

const PAGE = /^<!doctype html>[^]*<\/html>\n$/;

test.for([
  [['--follow', '--html', 'page.html'], '--html and --follow contradict each other'],
  [['--json', '--html', 'page.html'], '--html and --json contradict each other'],
  [['--html', ''], '--html is empty'],
] as const)('history %j is a usage error', async ([args, words], { world }) => {
  const { exitCode, stdout, stderr } = await world.cli(['history', ...args], { mayFail: true });

  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(words);
  expect(await readdir(world.dir)).not.toContain('page.html');
});

test('a page goes through a link, there or not yet, and leaves a file its mode', async ({ world }) => {
  const at = (name: string): string => join(world.root, name);
  await mkdir(at('pages'));
  await writeFile(at('pages/old.html'), 'old');
  await chmod(at('pages/old.html'), 0o600);
  await symlink('pages/old.html', at('old'));
  await symlink('pages/new.html', at('new'));

  await world.cli(['history', '--html', at('old')]);
  await world.cli(['history', '--html', at('new')]);

  for (const name of ['old', 'new']) {
    expect((await lstat(at(name))).isSymbolicLink()).toBe(true);
    expect(await readFile(at(`pages/${name}.html`), 'utf8')).toMatch(PAGE);
  }
  expect((await stat(at('pages/old.html'))).mode & 0o777).toBe(0o600);
});

test('a page goes into a pipe, by name or as /dev/stdout, which stays one', async ({ world }) => {
  const { env, dir: cwd } = world;
  const shell = async (script: string) =>
    (await run('sh', ['-c', script, process.execPath, CLI], { cwd, env })).stdout;

  const named = await shell('mkfifo ../pipe; cat ../pipe & "$0" "$1" history --html ../pipe; wait');
  const standard = await shell('"$0" "$1" history --html /dev/stdout | cat');

  expect(named).toMatch(PAGE);
  expect(standard).toMatch(PAGE);
  expect((await stat(join(world.root, 'pipe'))).isFIFO()).toBe(true);
});

test.for([
  ['/dev/full', 'ENOSPC', 'make room on that disk'],
  [`${'x'.repeat(300)}.html`, 'ENAMETOOLONG', 'codearts-hooks history --html history.html'],
  ['loop', 'ELOOP', 'codearts-hooks history --html history.html'],
  ['.', 'EISDIR', 'codearts-hooks history --html history.html'],
  ['no/such/page.html', 'ENOENT', 'make the folder '],
  ['codearts-hooks.json/page.html', 'ENOTDIR', 'codearts-hooks history --html history.html'],
] as const)(
  'a page that cannot be written to %s is no bug of ours',
  async ([file, code, hint], { world }) => {
    await symlink('loop', join(world.dir, 'loop'));

    const { exitCode, stderr } = await world.cli(['history', '--html', file], { mayFail: true });

    expect(exitCode).toBe(2);
    expect(stderr).toContain(`cannot be written (${code})`);
    expect(stderr).toContain(hint);
    expect(stderr).not.toContain('bug');
  },
);
