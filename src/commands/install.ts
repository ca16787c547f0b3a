import { relative } from 'node:path';
import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { openPreferences } from '../config/preferences.ts';
import { registerRepository } from '../config/registry.ts';
import { applyActions } from '../install/apply.ts';
import { type Action, type Plan, planInstall } from '../install/plan.ts';
import { stateDirOf } from '../install/layout.ts';
import { nodePath } from '../platform/node.ts';
import { packageRoot } from '../platform/package-files.ts';
import { type Repository, findRepository } from '../platform/repository.ts';
import { cursorsAtEnd, readCursors, writeCursors } from '../push/cursors.ts';
import { approveInteractively } from './approve.ts';
import type { CommandContext, Run } from './define.ts';
import { isInCi } from './in-ci.ts';
import { type RepositoryState, readState } from './repository-state.ts';

/** `install`: sets up this repository; a second time it mends what is not as it should be. */
export const install: Run = async (_args, options, context) => {
  const { effects, isQuiet } = context;
  if (isQuiet && isInCi(effects.env)) return ExitCode.Ok;
  const repository = await repositoryOrQuiet(context);
  if (!repository) return ExitCode.Ok;
  const isYes = options['yes'] === true;
  const plan = await planInstall({
    repository,
    packageRoot: packageRoot(),
    nodePath: nodePath(),
    isArmed: (await openPreferences(effects.env))['reference-transaction'] === 'armed',
    mayChangeWorkTree: isYes,
  });
  if (options['dryRun'] === true) {
    tellPlan(plan, repository, context);
    return ExitCode.Ok;
  }
  await applyActions(plan.actions);
  const stateDir = stateDirOf(repository);
  // History is not replayed: what was pushed before now stays as it is.
  if (!(await readCursors(stateDir))) await writeCursors(stateDir, await cursorsAtEnd(repository.commonDir));
  await registerRepository(repository.commonDir, effects.env);
  for (const sentence of plan.leftOut) context.say(`${context.paintError('yellow', 'warning:')} ${sentence}`);
  const place = repository.workTree ?? repository.gitDir;
  const what = plan.actions.length === 0 ? 'is installed already in' : 'is installed in';
  context.say(`${context.paintError('green', '✓')} codearts-hooks ${what} ${place}`);
  await tellNext(await readState(context), isYes, context);
  return plan.leftOut.length === 0 ? ExitCode.Ok : ExitCode.Failed;
};

/** In a package manager's script there may be no repository, and that is nobody's fault. */
async function repositoryOrQuiet({
  directory,
  effects,
  isQuiet,
}: CommandContext): Promise<Repository | null> {
  try {
    return await findRepository(directory, effects.env);
  } catch (error) {
    if (isQuiet && error instanceof UserError && error.code === 'not-a-repository') return null;
    throw error;
  }
}

function tellPlan({ actions, leftOut }: Plan, repository: Repository, context: CommandContext): void {
  const root = repository.workTree ?? repository.gitDir;
  const name = (path: string) => relative(root, path) || '.';
  const words = (action: Action): string => {
    switch (action.kind) {
      case 'make-folder':
        return `make the folder  ${name(action.path)}`;
      case 'write':
        return `write            ${name(action.path)}`;
      case 'keep':
        return `keep             ${name(action.path)} as ${name(action.as)}, which is run as before`;
      case 'remove':
        return `remove           ${name(action.path)}`;
    }
  };
  if (actions.length === 0) context.say('nothing to do: all is in place');
  for (const action of actions) context.print(`${words(action)}\n`);
  for (const sentence of leftOut) context.say(`warning: ${sentence}`);
}

/** What is still missing until a push starts a build, one line each. */
async function tellNext(state: RepositoryState, isYes: boolean, context: CommandContext): Promise<void> {
  const { loaded, endpoint } = state;
  if (loaded.path === null) {
    context.say('next: write codearts-hooks.json and commit it, for example');
    context.say('  {"region": "cn-north-4", "jobs": [{"name": "ci", "id": "<32 letters and digits>"}]}');
    return;
  }
  for (const { key, line, column, message } of loaded.problems) {
    context.say(`${loaded.path}:${line}:${column}: ${key} ${message}`);
  }
  if (!loaded.config) return;
  if (endpoint.kind === 'none') context.say(`next: set "region" in ${loaded.path}: ${endpoint.reason}`);
  await approveInteractively(state, isYes, context);
}
