import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { run } from '../fixtures/run.ts';
import type { World } from '../fixtures/world.ts';

/** What scripts/fetch-managers has put there. */
export const FETCHED: string = resolve('.cache/managers');
const MODULES = join(FETCHED, 'hooks', 'node_modules');

/** A hook manager with a job of the team at pre-push, which adds a line to TEAM_LOG. */
export interface Manager {
  readonly name: string;
  /** Writes its config, commits it, and has it write its hooks. */
  readonly setUp: (world: World) => Promise<void>;
  /** Has it write its hooks again, as a package manager's script or a teammate does. */
  readonly again: (world: World) => Promise<void>;
  /** With git's config hooks not there: when the build of a push starts that follows it being set up after us. */
  readonly afterUs: 'at once' | 'late';
}

/** Adds a file to a world and commits it. */
export async function commitFile(world: World, path: string, text: string): Promise<void> {
  await writeFile(join(world.dir, path), text);
  await world.git(['add', '--force', path]);
  await world.git(['commit', '--quiet', '--no-verify', '--message', `add ${path}`]);
}

/** The managers' programs, in node_modules of a world's clone. */
export async function linkModules(world: World): Promise<void> {
  await symlink(MODULES, join(world.dir, 'node_modules'));
  await writeFile(join(world.dir, '.git', 'info', 'exclude'), 'node_modules\n');
}

const program =
  (name: string, ...args: string[]) =>
  async (world: World): Promise<void> => {
    await run(join(MODULES, '.bin', name), args, {
      cwd: world.dir,
      env: world.env,
      mayFail: name === 'git-lfs',
    });
  };

/** pre-commit and prek read the same config; a job of the system needs nothing from the network. */
const PRE_COMMIT_CONFIG = `default_install_hook_types: [pre-push]
repos:
  - repo: local
    hooks:
      - id: team
        name: team
        language: system
        entry: sh -c 'echo team >> "$TEAM_LOG"'
        always_run: true
        pass_filenames: false
        stages: [PUSH]
`;

const installPreCommit = async (world: World): Promise<void> => {
  await run('pre-commit', ['install', '--hook-type', 'pre-push'], { cwd: world.dir, env: world.env });
};

/** What each of them is run by. */
export const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  // These two take any word for an order: node reads them, and runs nothing.
  husky: [process.execPath, '--check', join(MODULES, 'husky', 'bin.js')],
  lefthook: [join(MODULES, '.bin', 'lefthook')],
  'simple-git-hooks': [process.execPath, '--check', join(MODULES, 'simple-git-hooks', 'cli.js')],
  'git-lfs': ['git-lfs'],
  'pre-commit': ['pre-commit'],
  prek: [join(MODULES, '.bin', 'prek')],
};

export const MANAGERS: readonly Manager[] = [
  {
    name: 'husky',
    setUp: async (world) => {
      await run('mkdir', ['.husky'], { cwd: world.dir, env: world.env });
      await commitFile(world, '.husky/pre-push', 'cat >> "$TEAM_LOG"\n');
      await program('husky')(world);
    },
    again: program('husky'),
    afterUs: 'late',
  },
  {
    name: 'lefthook',
    setUp: async (world) => {
      const job = '    - name: team\n      run: cat >> "$TEAM_LOG"\n      use_stdin: true\n';
      await commitFile(world, 'lefthook.yml', `pre-push:\n  jobs:\n${job}`);
      await program('lefthook', 'install')(world);
    },
    again: async (world) => {
      // An edit of the config: the next run of lefthook writes its hooks anew.
      const text = await readFile(join(world.dir, 'lefthook.yml'), 'utf8');
      await commitFile(world, 'lefthook.yml', `${text}# edited\n`);
      await program('lefthook', 'install')(world);
    },
    afterUs: 'late',
  },
  {
    name: 'simple-git-hooks',
    setUp: async (world) => {
      const hooks = { 'pre-push': 'cat >> "$TEAM_LOG"' };
      await commitFile(
        world,
        'package.json',
        `${JSON.stringify({ private: true, 'simple-git-hooks': hooks }, null, 2)}\n`,
      );
      await program('simple-git-hooks')(world);
    },
    again: program('simple-git-hooks'),
    afterUs: 'late',
  },
  {
    name: 'git-lfs',
    setUp: async (world) => {
      await world.git(['lfs', 'install', '--local'], { mayFail: true });
      await world.git(['lfs', 'track', '*.bin']);
      await world.git(['add', '.gitattributes']);
      await world.git(['commit', '--quiet', '--message', 'track']);
    },
    again: async (world) => {
      await world.git(['lfs', 'install', '--local'], { mayFail: true });
    },
    afterUs: 'at once',
  },
  {
    name: 'pre-commit',
    setUp: async (world) => {
      await commitFile(world, '.pre-commit-config.yaml', PRE_COMMIT_CONFIG.replace('PUSH', 'push'));
      await installPreCommit(world);
    },
    again: installPreCommit,
    afterUs: 'at once',
  },
  {
    name: 'prek',
    setUp: async (world) => {
      await commitFile(world, '.pre-commit-config.yaml', PRE_COMMIT_CONFIG.replace('PUSH', 'pre-push'));
      await program('prek', 'install', '--hook-type', 'pre-push')(world);
    },
    again: program('prek', 'install', '--hook-type', 'pre-push'),
    afterUs: 'at once',
  },
];
