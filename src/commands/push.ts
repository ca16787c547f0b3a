import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { leaveInterrupts } from '../platform/node.ts';
import { runRunner } from '../platform/runner-process.ts';
import { runForeground } from '../platform/spawn.ts';
import type { CommandContext, Run } from './define.ts';
import { type RepositoryState, readState } from './repository-state.ts';
import { readTrackedRows } from './rows.ts';
import { type Aim, sight } from './watch/aim.ts';
import { watchAll } from './watch/watch-all.ts';
import { watchOptions } from './watch.ts';

/** `push [git push args]`: runs git push as it is; what it has started is followed to its end. */
export const push: Run = async (args, options, context) => {
  const how = watchOptions(options);
  const { state, error } = await stateOrError(context);
  const before = new Set(state ? (await readTrackedRows(state.spools)).map(({ noteId }) => noteId) : []);
  // Ctrl-C is git's while it pushes: it ends, and says so.
  const takeInterrupts = leaveInterrupts();
  const own = [...(context.isQuiet ? ['--quiet'] : []), ...(context.isVerbose ? ['--verbose'] : [])];
  const { effects, directory: cwd } = context;
  const git = await runForeground('git', ['push', ...own, ...args], { cwd, env: effects.env });
  takeInterrupts();
  if (git.pid === null) {
    throw new UserError('git-failed', t`git could not be started`, { hint: 'git --version' });
  }
  if (git.exitCode !== 0) return git.exitCode;
  if (error) throw error;
  if (!state) return ExitCode.Ok;
  if (!state.isInstalled) {
    context.say(t`no build: codearts-hooks is not installed here; run codearts-hooks install`);
    return ExitCode.Ok;
  }
  const aim = aimAt(before, git.pid);
  if (args.includes('--no-verify')) await sweep(aim, state, context);
  return await watchAll(aim, state, how, context);
};

/** What is wrong with our own things must not keep anybody from pushing. */
async function stateOrError(
  context: CommandContext,
): Promise<{ readonly state: RepositoryState | null; readonly error: UserError | null }> {
  try {
    return { state: await readState(context), error: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { state: null, error: error.code === 'not-a-repository' ? null : error };
  }
}

/** All that has come since, but for what another push than ours has started. */
function aimAt(before: ReadonlySet<string>, pid: number | null): Aim {
  return {
    kind: 'pushes',
    isMeant: ({ noteId, event, pushProcess }) => {
      const isOthers = pushProcess !== null && pid !== null && pushProcess.split(' ')[0] !== String(pid);
      return !before.has(noteId) && event?.source !== 'manual' && !isOthers;
    },
  };
}

/** No hook has seen the push: git's log of the remote-tracking branch tells of it. */
async function sweep(aim: Aim, state: RepositoryState, { effects: { env } }: CommandContext): Promise<void> {
  const { events, open } = await sight(aim, state.spools);
  if (events.length + open.length > 0) return;
  const { repository, stateDir } = state;
  await runRunner(stateDir, ['flush', repository.workTree ?? repository.gitDir, '0'], { env });
}
