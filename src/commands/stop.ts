import { makeAuthorizer } from '../codearts/authorize.ts';
import { type BuildName, isOver, readBuildInfo } from '../codearts/build-info.ts';
import type { Send } from '../codearts/build-history.ts';
import { isRefusal } from '../codearts/choose-proof.ts';
import { stopBuild } from '../codearts/stop-build.ts';
import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t, translated } from '../core/translate.ts';
import type { PushEvent } from '../event/push-event.ts';
import { readEvents } from '../spool/shelves.ts';
import { accessContext, targetOf } from './access-context.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import { findRow } from './find-row.ts';
import { type RepositoryState, readState } from './repository-state.ts';
import { resultOf } from './row-table.ts';
import { type HistoryRow, readRows } from './rows.ts';

/** `stop <id>`: asks the service to stop the build that a push has started. */
export const stop: Run = async (args, options, context) => {
  const state = await readState(context);
  const row = findRow(await readRows(state.spools), args[0] ?? '');
  const events = (await Promise.all(state.spools.map((spool) => readEvents(spool)))).flat();
  const { build, send } = await reach(
    row,
    events.find(({ id }) => id === row.id),
    { state, context },
  );
  const what = resultOf(row);
  await wantRunning(build, what, send);
  const answer = await stopBuild(build, send);
  if (answer.kind === 'refused') throw refused(answer.reason);
  if (answer.kind !== 'answer') {
    // It may have ended between the two questions.
    await wantRunning(build, what, send);
    throw new UserError('stop-failed', t`${what} could not be stopped: ${answer.reason}`, {
      hint:
        answer.kind === 'unreachable'
          ? `codearts-hooks stop ${row.id.slice(0, 7)}`
          : t`stop it on its page in the console, or ask the owner of the job for the right to stop it`,
    });
  }
  if (options['json'] === true)
    printJson({ id: row.id, job: row.job, build: row.build, stopped: true }, context);
  else context.say(`${context.paintError('green', '✓')} ${t`${what} is being stopped`}`);
  return ExitCode.Ok;
};

/** Access to the service that the push was sent to. */
async function reach(
  row: HistoryRow,
  event: PushEvent | undefined,
  { state, context }: { readonly state: RepositoryState; readonly context: CommandContext },
): Promise<{ readonly build: BuildName; readonly send: Send }> {
  if (!row.build || !event?.job || event.endpoint === null) throw noBuild(row);
  const { endpoint } = state;
  const target = { endpoint: event.endpoint, iamUrl: event.iamUrl ?? null, region: event.region };
  const place = { state, endpoint, target: targetOf(endpoint) };
  const access = await makeAuthorizer(await accessContext(place, context)).access(target);
  if (access.kind === 'held' && isRefusal(access)) throw refused(translated(access.reason));
  if (access.kind === 'held') throw noWay(translated(access.reason), 'codearts-hooks doctor');
  if (access.kind === 'later') throw noWay(translated(access.reason), t`try again later`);
  return {
    build: { endpoint: event.endpoint, jobId: event.job.id, number: row.build.number },
    send: access.send,
  };
}

/** @throws {UserError} `build-over`, `login-failed`; where its state cannot be read, the service decides */
async function wantRunning(build: BuildName, what: string, send: Send): Promise<void> {
  const read = await readBuildInfo(build, send);
  if (read.kind === 'refused') throw refused(translated(read.reason));
  if (read.kind !== 'build' || !isOver(read.build.state)) return;
  throw new UserError('build-over', t`${what} has already ended: ${read.build.state}`, {
    hint: t`there is nothing to stop: codearts-hooks history`,
  });
}

const WAITING: readonly HistoryRow['state'][] = ['queued', 'sending', 'ambiguous', 'held'];

function noBuild({ id, state, reason }: HistoryRow): UserError {
  const short = id.slice(0, 7);
  const why = reason === null ? state : `${state}: ${translated(reason)}`;
  return WAITING.includes(state)
    ? new UserError('no-build', t`no build has been started for ${short} yet (${why})`, {
        hint: t`to have none started: codearts-hooks discard ${short}`,
      })
    : new UserError('no-build', t`no build was started for ${short} (${why})`, {
        hint: `codearts-hooks show ${short}`,
      });
}

function refused(reason: string): UserError {
  return new UserError('login-failed', reason, { hint: 'codearts-hooks login' });
}

function noWay(reason: string, hint: string): UserError {
  return new UserError('stop-failed', reason, { hint });
}
