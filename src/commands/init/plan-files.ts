import { join, relative } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { t } from '../../core/translate.ts';
import { type NoRootScript, type RootScript, planRootScript } from '../../install/root-script.ts';
import { readText } from '../../platform/files.ts';
import type { CommandContext } from '../define.ts';
import type { RepositoryState } from '../repository-state.ts';
import { type NewJob, newConfig, withJob } from './edit-config.ts';

/** A file that is written as a whole. */
export interface FileChange {
  readonly path: string;
  /** Relative to the work tree. */
  readonly name: string;
  /** Null: it is not there. */
  readonly before: string | null;
  readonly after: string;
  /** The same as it is called from where the user is: to be pasted. */
  readonly shown: string;
  /** A command that takes it back. */
  readonly undo: string;
}

/** What is to be in the files of the work tree. */
export interface FilePlan {
  /** One for each file, however much of it changes; those with no change are left out. */
  readonly changes: readonly FileChange[];
  /** The root script, or why there is none; null: it is not wanted. */
  readonly root: RootScript | NoRootScript | null;
}

/** Where the config of a repository without one is written. */
const CONFIG = 'codearts-hooks.json';
const KEY = 'codearts-hooks';

/** Plans them. @param job null: the config stays as it is */
export async function planFiles(
  state: RepositoryState,
  wanted: { readonly job: NewJob | null; readonly region: string | null; readonly isPreparing: boolean },
  context: CommandContext,
): Promise<FilePlan> {
  const tree = wantWorkTree(state);
  const root = wanted.isPreparing ? await planRootScript(context.directory, tree) : null;
  const texts = new Map<string, { readonly before: string | null; readonly after: string }>();
  if (root !== null && 'wanted' in root) texts.set(root.path, { before: root.text, after: root.wanted });
  if (wanted.job !== null) {
    const path = join(tree, state.loaded.path ?? CONFIG);
    const before = texts.get(path)?.before ?? (await readText(path));
    const from = texts.get(path)?.after ?? before;
    const key = state.loaded.path === 'package.json' ? KEY : null;
    const { job, region } = wanted;
    const after =
      from === null
        ? newConfig(region, job, {
            isInPackage: root !== null && 'wanted' in root && root.path === join(tree, 'package.json'),
          })
        : await withJob(from, { key, region, job });
    texts.set(path, { before, after });
  }
  const changes: FileChange[] = [];
  for (const [path, { before, after }] of texts) {
    if (before === after) continue;
    const name = relative(tree, path);
    const from = relative(context.effects.cwd, path);
    const shown = /^[\w./-]+$/.test(from) ? from : JSON.stringify(from);
    changes.push({ path, name, shown, before, after, undo: await undoOf({ name, shown, before }, state) });
  }
  return { changes, root };
}

/** A new file is removed; one that was as git has it is fetched from there again. */
async function undoOf(
  { name, shown, before }: Pick<FileChange, 'name' | 'shown' | 'before'>,
  { git }: RepositoryState,
): Promise<string> {
  if (before === null) return `rm ${shown}`;
  const { exitCode, stdout } = await git.run(['cat-file', 'blob', `HEAD:${name}`]);
  return exitCode === 0 && stdout === before
    ? `git restore ${shown}`
    : t`open ${shown} and take out what is new (git has no copy of it as it was)`;
}

/** @throws {UserError} `init-refused` */
export function wantWorkTree({ repository }: Pick<RepositoryState, 'repository'>): string {
  if (repository.workTree !== null) return repository.workTree;
  throw new UserError('init-refused', t`${repository.gitDir} is bare: it has no files to write a config to`, {
    hint: t`run init in a clone, commit what it writes, then run codearts-hooks install --server here`,
  });
}
