import { join } from 'node:path';
import { t } from '../../core/translate.ts';
import { SNIPPET } from '../../install/snippet.ts';
import { RUNNER_FILES, STATE_FILES } from '../../install/layout.ts';
import { readText } from '../../platform/files.ts';
import { packageRoot } from '../../platform/package-files.ts';
import { type Check, type Finding, fine, mendable, wrong } from './check.ts';

/** Older ones lack what the shims and the confirmation use. */
const OLDEST_GIT = [2, 30] as const;

const git: Check = {
  name: 'git',
  async run({ state }) {
    const { stdout } = await state.git.run(['version']);
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
    const isOld =
      Number(major) < OLDEST_GIT[0] || (Number(major) === OLDEST_GIT[0] && Number(minor) < OLDEST_GIT[1]);
    return isOld
      ? wrong(t`${stdout.trim()} is too old`, t`install git ${OLDEST_GIT.join('.')} or later`)
      : fine(stdout.trim());
  },
};

const files: Check = {
  name: 'files',
  async run({ state: { isInstalled, stateDir } }) {
    if (!isInstalled) return mendable(t`codearts-hooks is not installed here`);
    const root = packageRoot();
    const pairs = [
      ...STATE_FILES.map((name) => [name, join(root, 'hooks', name)] as const),
      ...RUNNER_FILES.map((name) => [name, join(root, 'dist', name)] as const),
    ];
    const other: string[] = [];
    for (const [name, source] of pairs) {
      if ((await readText(join(stateDir, name))) !== (await readText(source))) other.push(name);
    }
    if (other.length === 0) return fine(t`complete in ${stateDir}`);
    return mendable(t`${stateDir} has other versions than this package: ${other.join(', ')}`);
  },
};

const configLayer: Check = {
  name: 'config-hook',
  async run({ layers, hasConfigHooks, state }) {
    const layer = layers.find(({ kind }) => kind === 'config');
    if (layer?.ok) {
      return fine(
        hasConfigHooks ? t`git runs ours by ${layer.path}` : t`written; git here is too old to read it`,
      );
    }
    if (layer?.problem === t`hook.codearts-hooks.enabled is false`) {
      return wrong(layer.problem, 'git config --unset hook.codearts-hooks.enabled');
    }
    if (layer) return mendable(`${layer.path}: ${layer.problem}`);
    return hasConfigHooks && state.repository.workTree !== null
      ? mendable(t`git here runs hooks by its config, and ours is not in it`)
      : fine(t`not used: git here knows hooks in files alone`);
  },
};

const hookFile: Check = {
  name: 'hook-file',
  async run({ layers, hasConfigHooks, state: { repository } }) {
    const layer = layers.find(({ kind }) => kind !== 'config');
    if (!layer) return fine(t`not used`);
    if (layer.ok) return fine(t`${layer.path} calls ours`);
    const detail = `${layer.path}: ${layer.problem}`;
    const covered = hasConfigHooks && layers.some(({ kind, ok }) => kind === 'config' && ok);
    if (covered) return fine(t`${detail}; git's config calls ours, a git before 2.54 would not`);
    const scope = repository.hooksPathScope;
    if (scope !== null && scope !== 'local' && scope !== 'worktree') {
      return wrong(
        t`${detail}; core.hooksPath is set in git's ${scope} configuration`,
        t`add to that file: ${SNIPPET}`,
      );
    }
    return { ok: false, detail, remedy: remedyFor(layer.kind), isMendedByInstall: layer.kind === 'files' };
  },
};

function remedyFor(kind: string): string {
  return kind === 'manager' ? 'codearts-hooks install --yes' : 'codearts-hooks install';
}

/** Relative, it means another folder in each worktree, and in most of them none. */
const hooksPath: Check = {
  name: 'hooks-path',
  async run({ state, layers, hasConfigHooks }): Promise<Finding> {
    const { stdout } = await state.git.run(['config', '--get', 'core.hooksPath']);
    const value = stdout.trim();
    if (value === '') return fine(t`hooks are where git has them`);
    const { stdout: list } = await state.git.run(['worktree', 'list', '--porcelain']);
    const count = list.split('\n').filter((line) => line.startsWith('worktree ')).length;
    const covered = hasConfigHooks && layers.some(({ kind, ok }) => kind === 'config' && ok);
    if (/^[/~]/.test(value) || count < 2 || covered) return fine(t`core.hooksPath is ${value}`);
    return wrong(
      t`core.hooksPath is ${value}, another folder in each of the ${count} worktrees: without it, no hook runs there`,
      `git config core.hooksPath ${state.repository.hooksDir}`,
    );
  },
};

export const INSTALLATION: readonly Check[] = [git, files, configLayer, hookFile, hooksPath];
