import { copyFile, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { run } from '../fixtures/run.ts';
import { inEachShell } from './shells.ts';
import { type HookOptions, type Stage, lines, useStage } from './stage.ts';

const makeStage = useStage();

/** Runs the hook somewhere, and tells what the note says of the place. */
async function noteFrom(
  stage: Stage,
  options: Partial<HookOptions>,
): Promise<{ cwd: string; gitDir: string }> {
  const ran = await stage.hook('pre-push', ['origin', 'u'], { stdin: lines(1), ...options });
  expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  const [note] = await stage.notes();
  expect(note?.updates).toHaveLength(1);
  expect(await stage.started()).toMatchObject([{ cwd: stage.state }]);
  return { cwd: note?.cwd ?? '', gitDir: note?.gitDir ?? '' };
}

inEachShell('the note goes into the common git dir', (shell) => {
  test('from the work tree, by an absolute path', async () => {
    const stage = await makeStage(shell);

    const place = await noteFrom(stage, { path: join(stage.hooks, 'pre-push') });

    expect(place).toEqual({ cwd: stage.dir, gitDir: '.git' });
  });

  test('from a linked worktree', async () => {
    const stage = await makeStage(shell);
    const cwd = join(stage.root, 'linked');
    await stage.git(['worktree', 'add', '--quiet', cwd]);
    const gitDir = join(stage.dir, '.git', 'worktrees', 'linked');

    const place = await noteFrom(stage, {
      path: join(stage.hooks, 'pre-push'),
      cwd,
      env: { GIT_DIR: gitDir },
    });

    expect(place).toEqual({ cwd, gitDir });
  });

  test('from a linked worktree, by its file .git', async () => {
    const stage = await makeStage(shell);
    const cwd = join(stage.root, 'linked');
    await stage.git(['worktree', 'add', '--quiet', cwd]);

    const place = await noteFrom(stage, { path: join(stage.hooks, 'pre-push'), cwd });

    expect(place).toEqual({ cwd, gitDir: '.git' });
  });

  test('from a submodule-like work tree with its git dir elsewhere', async () => {
    const stage = await makeStage(shell);
    await run('git', ['init', '--quiet', '--separate-git-dir', '../elsewhere'], { ...stage, cwd: stage.dir });
    const state = join(stage.root, 'elsewhere', 'codearts-hooks');
    const moved = { ...stage, state };

    const path = '../elsewhere/hooks/pre-push';
    await stage.hook('pre-push', ['origin', 'u'], { stdin: lines(1), path });

    expect(await stage.started()).toMatchObject([{ cwd: moved.state }]);
  });

  test('from a bare repository', async () => {
    const stage = await makeStage(shell);
    const cwd = join(stage.dir, '.git');

    const place = await noteFrom(stage, { path: 'hooks/pre-push', cwd, env: { GIT_DIR: '.' } });

    expect(place).toEqual({ cwd, gitDir: '.' });
  });

  test('from a hooks dir elsewhere', async () => {
    const stage = await makeStage(shell);
    const elsewhere = join(stage.root, 'hooks of mine');
    await mkdir(elsewhere);
    await copyFile(join(stage.hooks, 'pre-push'), join(elsewhere, 'pre-push'));

    const place = await noteFrom(stage, { path: join(elsewhere, 'pre-push') });

    expect(place).toEqual({ cwd: stage.dir, gitDir: '.git' });
  });

  test('from a hook of the user that calls ours, in a folder further down', async () => {
    const stage = await makeStage(shell);
    const cwd = join(stage.dir, 'a', 'b');
    await mkdir(cwd, { recursive: true });

    const place = await noteFrom(stage, { path: '../../.git/codearts-hooks/pre-push', cwd });

    expect(place.cwd).toBe(cwd);
  });

  test.each([' with  spaces ', '-n', "it's $(id) `id` %s", '中文'])(
    'of a repository called "%s"',
    async (name) => {
      const stage = await makeStage(shell);
      const dir = join(stage.root, name);
      await rename(stage.dir, dir);

      const ran = await stage.hook('pre-push', ['origin', 'u'], { stdin: lines(1), cwd: dir });

      expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
      expect(await stage.started()).toMatchObject([{ cwd: join(dir, '.git', 'codearts-hooks') }]);
    },
  );

  test('whose name of two lines forges nothing', async () => {
    const stage = await makeStage(shell);
    const dir = join(stage.root, 'work\noff 1');
    await rename(stage.dir, dir);
    const state = join(dir, '.git', 'codearts-hooks');

    const ran = await stage.hook('pre-push', ['origin', 'u'], { stdin: lines(1), cwd: dir });
    const text = await run('sh', ['-c', 'cat notes/*.*[0-9]'], { ...stage, cwd: state });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(text.stdout).toContain('\ncwd \ngit-dir .git\n');
    expect(text.stdout).not.toContain('\noff 1');
    await stage.started();
  });
});

inEachShell('nothing happens', (shell) => {
  test('where our folder is a link: what is ours is never written elsewhere', async () => {
    const stage = await makeStage(shell);
    const kept = join(stage.root, 'kept');
    await rename(stage.state, kept);
    await symlink('../../kept', stage.state);

    const ran = await stage.hook('pre-push', ['origin', 'u'], { stdin: lines(1) });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(await readdir(join(kept, 'notes'))).toEqual([]);
  });

  test('outside a repository', async () => {
    const stage = await makeStage(shell);
    const path = join(stage.root, 'pre-push');
    await copyFile(join(stage.hooks, 'pre-push'), path);

    const ran = await stage.hook('pre-push', ['origin', 'u'], { stdin: lines(1), path, cwd: '/' });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('in a repository that has us no more', async () => {
    const stage = await makeStage(shell);
    await rm(stage.state, { recursive: true });

    const ran = await stage.hook('pre-push', ['origin', 'u'], { stdin: lines(2000) });

    expect(ran).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  });
});
