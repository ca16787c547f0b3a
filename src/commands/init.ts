import { foreignHosts, isTrusted } from '../config/trust.ts';
import { readPreferences } from '../config/preferences.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { findRepository } from '../platform/repository.ts';
import { sourceAt, targetOf } from './access-context.ts';
import type { CommandContext, Run } from './define.ts';
import { isInCi } from './in-ci.ts';
import { type Asker, interrupted, openAsker } from './init/asker.ts';
import { carryOut } from './init/carry-out.ts';
import { type Draft, draftJob } from './init/draft-job.ts';
import { offerDryRun } from './init/first-trigger.ts';
import { planFiles, wantWorkTree } from './init/plan-files.ts';
import { writeRootScript } from './init/prepare-script.ts';
import { readWishes } from './init/wishes.ts';
import { type Outline, filesDiff, tellDone, tellNext, tellOutline } from './init/words.ts';
import { type RepositoryState, readState, wantConfig } from './repository-state.ts';

/** `init`: from a bare clone to "a push starts the build": asks, shows, and only then writes, all of it or nothing. */
export const init: Run = async (_args, options, context) => {
  const wishes = readWishes(options);
  if (wishes.prepare === true) {
    const repository = await findRepository(context.directory, context.effects.env);
    return await writeRootScript(repository.workTree ?? repository.gitDir, wishes, context);
  }
  const state = await readState(context);
  wantWorkTree(state);
  if (state.loaded.path !== null) wantConfig(state);
  const { isInteractive, env } = context.effects;
  const mayAsk = isInteractive && !context.isQuiet && !isInCi(env) && !wishes.isYes;
  const asker = mayAsk ? await openAsker(context) : null;
  const draft = await draftJob(state, wishes, asker, context);
  const files = await planFiles(state, { ...draft, isPreparing: wishes.prepare ?? true }, context);
  if (wishes.isDryRun) {
    const diff = filesDiff(files, context);
    context.print(diff === '' ? `${t`# nothing to do: all is in place`}\n` : diff);
    return ExitCode.Ok;
  }
  const isApproving = (asker !== null || wishes.isYes) && (await isOpen(state, draft, context));
  const outline = { files, isInstalled: state.isInstalled, isApproving, isLoginNew: draft.isLoginNew };
  if (asker) await agree(outline, asker, context);
  const exitCode = await carryOut({ changes: files.changes, ...outline }, context);
  tellDone(outline, context);
  const after = await readState(context);
  if (asker) await offerDryRun(after, draft.job?.name ?? null, asker, context);
  tellNext(outline, await lacksLogin(after, context), context);
  return exitCode;
};

/** Whether there is something to approve, and it may be done in passing: not for the host of a stranger. */
async function isOpen(
  { subject }: RepositoryState,
  { isNewJob }: Draft,
  { effects: { env } }: CommandContext,
): Promise<boolean> {
  if (subject === null) return isNewJob;
  if (foreignHosts(subject, env, await readPreferences(env)).length > 0) return false;
  return isNewJob || !(await isTrusted(subject, env));
}

/** Whether every push would be held, for want of credentials. */
async function lacksLogin(state: RepositoryState, context: CommandContext): Promise<boolean> {
  const { endpoint } = state;
  const target = targetOf(endpoint);
  if (target === null) return false;
  const found = await sourceAt({ state, endpoint, target }, context);
  return found.kind === 'held' && found.hold === 'login';
}

/** Shows all of it, and asks once. */
async function agree(outline: Outline, asker: Asker, context: CommandContext): Promise<void> {
  const { files, isInstalled, isApproving } = outline;
  if (files.changes.length === 0 && isInstalled && !isApproving) return;
  context.print(filesDiff(files, context));
  tellOutline(outline, context);
  if (!(await asker.confirm(t`Do that?`, true))) throw interrupted();
}
