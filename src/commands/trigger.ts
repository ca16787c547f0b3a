import type { Config } from '../config/schema.ts';
import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { nearestTo } from '../core/nearest.ts';
import { stored, t, translated } from '../core/translate.ts';
import type { ManualRequest } from '../event/manual-request.ts';
import type { PushEvent } from '../event/push-event.ts';
import { runRunner } from '../platform/runner-process.ts';
import { openSpool } from '../spool/spool.ts';
import { ask, deliverInBackground } from './ask.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import { manualUpdate } from './manual-update.ts';
import { type RepositoryState, readState, wantConfig, wantInstalled } from './repository-state.ts';
import { rowTable } from './row-table.ts';
import { readRows, rowOf } from './rows.ts';
import { type ShownRequest, shownRequest } from './shown-request.ts';
import { screenJson } from '../ui/screen-json.ts';

const WAIT_MS = 60_000;

/** `trigger`: starts the builds of a ref by hand, through the same queue as a push. */
export const trigger: Run = async (args, options, context) => {
  const state = await readState(context);
  const { env } = context.effects;
  const job = typeof options['job'] === 'string' ? options['job'] : null;
  checkJob(wantConfig(state), job);
  wantInstalled(state);
  const isDry = options['dryRun'] === true;
  const request: ManualRequest = { ...(await manualUpdate(args[0] ?? null, state)), job, isKept: !isDry };
  await openSpool(state.stateDir);
  const events = (await ask({ kind: 'trigger', request }, state, context)) as readonly PushEvent[];
  const wanted = events.filter((event) => event.job !== null);
  if (wanted.length === 0) {
    throw new UserError(
      'nothing-matches',
      translated(events[0]?.reason ?? stored`no job asks for ${request.ref}`),
      {
        hint: t`name one: codearts-hooks trigger --job <name>`,
      },
    );
  }
  if (isDry) return await showRequests(wanted, options['json'] === true, { state, context });
  const tree = state.repository.workTree ?? state.repository.gitDir;
  if (options['wait'] === true) await runRunner(state.stateDir, ['flush', tree, String(WAIT_MS)], { env });
  else await deliverInBackground(state, context);
  const ids = wanted.map(({ id }) => id);
  const rows =
    options['wait'] === true
      ? (await readRows(state.spools)).filter(({ id }) => ids.includes(id))
      : wanted.map(rowOf);
  if (options['json'] === true) printJson(rows, context);
  else context.print(rowTable(rows, context));
  if (options['wait'] !== true) return ExitCode.Ok;
  if (rows.some((row) => row.state === 'failed')) return ExitCode.Failed;
  return rows.every((row) => row.state === 'delivered') ? ExitCode.Ok : ExitCode.Pending;
};

function checkJob(config: Config, job: string | null): void {
  const names = config.jobs.map(({ name }) => name);
  if (job === null || names.includes(job)) return;
  const near = nearestTo(job, names);
  throw new UserError('no-such-job', t`no job is called ${job}`, {
    hint: near === null ? t`one of ${names.join(', ')}` : t`did you mean ${near}?`,
  });
}

async function showRequests(
  events: readonly PushEvent[],
  isJson: boolean,
  { state, context }: { readonly state: RepositoryState; readonly context: CommandContext },
): Promise<ExitCode> {
  const requests: (ShownRequest & { readonly job: string })[] = [];
  for (const event of events) {
    const request = await shownRequest(event, state, context);
    if (request) requests.push({ job: event.job?.name ?? '', ...request });
  }
  if (requests.length === 0) {
    throw new UserError(
      'config-invalid',
      translated(events[0]?.reason ?? stored`nothing says where to send it`),
      {
        hint: t`set "region" in codearts-hooks.json`,
      },
    );
  }
  if (isJson) {
    printJson(requests, context);
    return ExitCode.Ok;
  }
  for (const { method, url, headers, body } of requests) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
    context.print(`${method} ${url}\n${lines.join('')}\n${screenJson(body)}\n`);
  }
  return ExitCode.Ok;
}
