import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../fixtures/run.ts';
import { ZERO } from '../fixtures/world.ts';
import { FETCHED, MANAGERS, commitFile } from './managers.ts';
import { type Stage, test } from './stage.ts';

// The acceptance scenarios of coexistence.md section 7 that need another manager, by their numbers there. Those
// without are in test/e2e/install, and of package managers in package-managers.test.ts.

const BIN = join(FETCHED, 'hooks', 'node_modules', '.bin');

function setUp(name: string, stage: Stage): Promise<void> {
  const manager = MANAGERS.find((each) => each.name === name);
  if (!manager) throw new Error(`no manager ${name}`);
  return manager.setUp(stage);
}

/** The rows of the history, oldest first: what was pushed, and of which kind it was. */
async function kinds(stage: Stage): Promise<string[]> {
  const rows = JSON.parse((await stage.cli(['history', '--json'])).stdout) as { ref: string; kind: string }[];
  return rows.map(({ ref, kind }) => `${kind} ${ref}`).toReversed();
}

test('4. simple-git-hooks, run after us with other hooks alone, takes our files out: each push has one build', async ({
  stage,
}) => {
  await stage.install();
  await commitFile(stage, 'package.json', '{"simple-git-hooks": {"pre-commit": "true"}}\n');

  await run(join(BIN, 'simple-git-hooks'), [], { cwd: stage.dir, env: stage.env });
  const taken = await readdir(join(stage.dir, '.git', 'hooks'));
  await stage.pushed('late');
  const back = await readdir(join(stage.dir, '.git', 'hooks'));
  await stage.pushed('at once');

  expect(taken).not.toContain('pre-push');
  // Its run has put back what was missing: from then on pushes are seen at once.
  expect(back).toContain('pre-push');
});

test('5. lefthook after us, its config edited twice: an empty commit, a tag and a deletion are all seen', async ({
  stage,
}) => {
  await stage.git(['push', '--quiet', 'origin', 'HEAD:refs/heads/old']);
  await stage.install();
  await setUp('lefthook', stage);
  await stage.install();
  for (const edit of ['# one\n', '# two\n']) {
    await commitFile(
      stage,
      'lefthook.yml',
      `${edit}pre-push:\n  jobs:\n    - name: team\n      run: "true"\n`,
    );
    await stage.git(['push', '--quiet', 'origin', 'main']);
  }
  await stage.settled();
  const seen = (await kinds(stage)).length;

  await stage.git(['commit', '--quiet', '--allow-empty', '--message', 'empty']);
  for (const refs of [['main'], ['HEAD:refs/tags/v1'], [':old']]) {
    await stage.git(['push', '--quiet', 'origin', ...refs]);
    await stage.settled();
  }

  expect((await kinds(stage)).slice(seen)).toEqual([
    'updated refs/heads/main',
    'created refs/tags/v1',
    'deleted refs/heads/old',
  ]);
});

test('6. git-lfs after us: its objects go up, and there is one build', async ({ stage }) => {
  await stage.install();
  await setUp('git-lfs', stage);

  await stage.pushed('at once');

  expect(await stage.teamRuns()).toBe(1);
});

test('6. git-lfs after us, and not on the PATH of a GUI: the push passes, and says what it lacks', async ({
  stage,
}) => {
  await stage.install();
  await setUp('git-lfs', stage);
  await commitFile(stage, 'big.bin', 'content'.repeat(1000));
  const few = join(stage.root, 'few');
  await run('mkdir', [few], stage.asOptions());
  for (const name of ['git', 'sh', 'cat', 'rm', 'sleep', 'setsid']) {
    const { stdout } = await run('sh', ['-c', `command -v ${name}`], stage.asOptions());
    await run('ln', ['-s', stdout.trim(), join(few, name)], stage.asOptions());
  }

  const pushed = await stage.git(['push', '--quiet', 'origin', 'main'], { env: { ...stage.env, PATH: few } });
  await stage.settled();

  expect(pushed.stderr).toBe('codearts-hooks: git-lfs is not on the PATH: its objects are not uploaded\n');
  expect(stage.triggers()).toHaveLength(1);
});

test('6. husky and git-lfs: the line in .husky/pre-push still gets its input beside ours', async ({
  stage,
}) => {
  await setUp('husky', stage);
  await stage.git(['lfs', 'install', '--local', '--skip-repo']);
  await commitFile(stage, '.husky/pre-push', 'git lfs pre-push "$@"\n');
  await commitFile(stage, '.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n');
  await stage.install();

  await stage.pushed('at once');

  expect(await stage.teamRuns()).toBe(1);
});

test('8. a worktree under husky, without a node_modules of its own: the build starts', async ({ stage }) => {
  await setUp('husky', stage);
  await stage.install();
  await stage.git(['worktree', 'add', '--quiet', '-b', 'tree', '../tree']);
  const cwd = join(stage.root, 'tree');
  const after = await stage.commit('in the worktree', cwd);

  await stage.git(['push', '--quiet', 'origin', 'tree'], { cwd });
  await stage.settled();
  await stage.cli(['flush'], { mayFail: true });
  await stage.settled();

  expect(stage.triggers()).toEqual([{ ref: 'refs/heads/tree', before: ZERO, after }]);
});

test('15. pre-commit before us and again after us: pushes pass, and both run', async ({ stage }) => {
  await setUp('pre-commit', stage);
  await stage.install();
  await run('pre-commit', ['install', '--hook-type', 'pre-push'], stage.asOptions());
  await stage.pushed('at once');
  await run('pre-commit', ['install', '-f', '--hook-type', 'pre-push'], stage.asOptions());

  // It has deleted what was `.legacy`.
  await stage.pushed('late');
  await stage.pushed('at once');

  expect(await stage.teamRuns()).toBe(3);
});

test('a user’s own hook, then us, then pre-commit: all three run, and all is as before afterwards', async ({
  stage,
}) => {
  const hook = join(stage.dir, '.git', 'hooks', 'pre-push');
  await writeFile(hook, '#!/bin/sh\ncat >> "$TEAM_LOG"\n', { mode: 0o755 });
  await stage.install();
  await setUp('pre-commit', stage);

  await stage.pushed('at once');
  const runs = await stage.teamRuns();
  await run('pre-commit', ['uninstall', '--hook-type', 'pre-push'], stage.asOptions());
  await stage.cli(['uninstall', '--force']);

  expect(runs).toBe(2);
  expect((await run('cat', [hook], stage.asOptions())).stdout).toBe('#!/bin/sh\ncat >> "$TEAM_LOG"\n');
});

test('.husky/post-push runs after each accepted push, with what was accepted', async ({ stage }) => {
  await setUp('husky', stage);
  await commitFile(stage, '.husky/post-push', 'cat >"$TEAM_LOG.post"\n');
  await stage.install();

  await stage.pushed('at once');
  const { stdout: log } = await run('cat', [`${stage.env['TEAM_LOG']}.post`], stage.asOptions());

  const [last] = stage.triggers();
  expect(log).toBe(`${last?.before} ${last?.after} ${last?.ref}\n`);
});
