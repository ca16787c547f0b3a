import { join, relative } from 'node:path';
import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { openPreferences } from '../config/preferences.ts';
import { problemText } from '../config/problem-text.ts';
import { registerRepository } from '../config/registry.ts';
import { t } from '../core/translate.ts';
import { applyActions } from '../install/apply.ts';
import { supportsConfigHooks } from '../install/config-layer.ts';
import { withInstallLock } from '../install/install-lock.ts';
import { stateDirOf } from '../install/layout.ts';
import { readManifest } from '../install/manifest.ts';
import { SNIPPET } from '../install/snippet.ts';
import { type Plan, type PlanInput, planInstall } from '../install/plan.ts';
import type { Env } from '../platform/effects.ts';
import { openGit } from '../platform/git.ts';
import { nodePath } from '../platform/node.ts';
import { packageRoot } from '../platform/package-files.ts';
import { type Repository, findRepository, isNowhere } from '../platform/repository.ts';
import { cursorsAtEnd, readCursors, writeCursors } from '../push/cursors.ts';
import { approveInteractively } from './approve.ts';
import type { CommandContext, Run } from './define.ts';
import { isInCi } from './in-ci.ts';
import { planDiff } from './plan-diff.ts';
import { openPrompts } from './prompts.ts';
import { type RepositoryState, readState } from './repository-state.ts';
import { note, warning } from './warning.ts';

/** `install`: sets up this repository; a second time it mends what is not as it should be. */
export const install: Run = async (_args, options, context) => {
  const { effects, isQuiet } = context;
  if (isQuiet && isInCi(effects.env)) return ExitCode.Ok;
  const repository = await repositoryOrQuiet(context);
  if (!repository) return ExitCode.Ok;
  const isYes = options['yes'] === true;
  const input = await planInput(repository, context, {
    isServer: options['server'] === true,
    mayChangeWorkTree: isYes,
  });
  const first = await planInstall(input);
  if (options['dryRun'] === true) {
    context.print(await planDiff(first, repository, context));
    tellRest(first, input, context);
    return ExitCode.Ok;
  }
  const isAgreed = first.asks.length > 0 && (await agrees(first, context));
  const mayChangeWorkTree = isYes || isAgreed;
  const plan = await applyInstall({ ...input, mayChangeWorkTree }, repository, context);
  tellRest(plan, input, context);
  const place = repository.workTree ?? repository.gitDir;
  const what =
    plan.actions.length === 0
      ? t`codearts-hooks is installed already in ${place}`
      : t`codearts-hooks is installed in ${place}`;
  if (plan.isCalled) context.say(`${context.paintError('green', '✓')} ${what}`);
  const shared = sharedPaths(plan, repository);
  if (shared.length > 0) context.say(t`next: commit ${shared.join(' ')}, for the clones of your team`);
  await tellNext(await readState(context), isYes, context);
  return plan.isCalled ? ExitCode.Ok : ExitCode.Failed;
};

/** What an install of this package into a repository is planned from. @throws {UserError} `install-refused` */
export async function planInput(
  repository: Repository,
  { effects }: CommandContext,
  wishes: { readonly isServer: boolean; readonly mayChangeWorkTree: boolean },
): Promise<PlanInput> {
  const { env } = effects;
  const isServer = wishes.isServer || (await readManifest(stateDirOf(repository)))?.isServer === true;
  if (isServer && repository.workTree !== null) {
    throw new UserError(
      'install-refused',
      t`${repository.workTree} has a work tree: it is no server's repository`,
      {
        hint: t`codearts-hooks install --server is for the bare repository that others push to; leave out --server`,
      },
    );
  }
  const root = packageRoot();
  return {
    repository,
    source: { hooks: join(root, 'hooks'), dist: join(root, 'dist') },
    nodePath: nodePath(),
    env,
    isArmed: (await openPreferences(env))['reference-transaction'] === 'armed',
    hasConfigHooks: !isServer && (await supportsConfigHooks(env)),
    isServer,
    mayChangeWorkTree: wishes.mayChangeWorkTree,
  };
}

/**
 * Plans an install and does it, while no other is under way, and lets the sweep begin at what is there now. Gives the
 * plan.
 */
export async function applyInstall(
  input: PlanInput,
  repository: Repository,
  { effects }: CommandContext,
): Promise<Plan> {
  return await withInstallLock(repository.commonDir, effects, async () => {
    // By what is there now: another may have been faster.
    const plan = await planInstall(input);
    await apply(plan, repository, effects.env);
    return plan;
  });
}

async function apply(plan: Plan, repository: Repository, env: Env): Promise<void> {
  const stateDir = stateDirOf(repository);
  await applyActions(plan.actions, repository, env);
  // History is not replayed: what was pushed before now stays as it is.
  if (!(await readCursors(stateDir))) {
    const { commonDir } = repository;
    await writeCursors(stateDir, await cursorsAtEnd(commonDir, openGit(commonDir, commonDir, env)));
  }
  await registerRepository(repository.commonDir, env);
}

/** In a package manager's script there may be no repository and no git, and that is nobody's fault. */
async function repositoryOrQuiet({
  directory,
  effects,
  isQuiet,
}: CommandContext): Promise<Repository | null> {
  try {
    return await findRepository(directory, effects.env);
  } catch (error) {
    if (isQuiet && isNowhere(error)) return null;
    throw error;
  }
}

async function agrees({ asks }: Plan, context: CommandContext): Promise<boolean> {
  const { effects, isQuiet } = context;
  if (!effects.isInteractive || isQuiet || isInCi(effects.env)) return false;
  for (const { path, what } of asks) context.say(`${path}\n  ${what}`);
  const { confirm } = await openPrompts(context);
  const message =
    asks.length === 1 ? t`Change this file of the work tree?` : t`Change these files of the work tree?`;
  return (await confirm(message, false)) === true;
}

/** Files of the work tree that were changed and are the team's, relative to its top. */
function sharedPaths({ actions }: Plan, { workTree, commonDir }: Repository): string[] {
  if (workTree === null) return [];
  const isWithin = (folder: string, path: string) => !relative(folder, path).startsWith('..');
  return actions
    .flatMap((action) => (action.kind === 'write' ? [action.path] : []))
    .filter((path) => isWithin(workTree, path) && !isWithin(commonDir, path))
    .map((path) => relative(workTree, path))
    .filter((path) => !path.includes('lefthook-local'));
}

/** What was not done, and what to do about it. */
function tellRest({ asks, leftOut }: Plan, input: PlanInput, context: CommandContext): void {
  const mark = input.hasConfigHooks ? note : warning;
  for (const sentence of leftOut) context.say(mark(sentence, context));
  for (const { path, what } of asks) {
    context.say(mark(t`${path} belongs to the work tree, so it was left as it is`, context));
    context.say(t`  ${what}: run again with --yes, or add the line ${SNIPPET}`);
  }
  if (input.hasConfigHooks && leftOut.length + asks.length > 0) {
    context.say(
      t`  git here calls ours by its own config, whatever that file says; a git before 2.54 does not`,
    );
  }
}

/** What is still missing until a push starts a build, one line each. */
async function tellNext(state: RepositoryState, isYes: boolean, context: CommandContext): Promise<void> {
  const { loaded, endpoint } = state;
  if (loaded.path === null) {
    context.say(t`next: write codearts-hooks.json and commit it, for example`);
    context.say('  {"region": "cn-north-4", "jobs": [{"name": "ci", "id": "<32 letters and digits>"}]}');
    return;
  }
  for (const problem of loaded.problems) context.say(problemText(loaded.path, problem));
  if (!loaded.config) return;
  if (endpoint.kind === 'none') context.say(t`next: set "region" in ${loaded.path}: ${endpoint.reason}`);
  await approveInteractively(state, isYes, context);
}
