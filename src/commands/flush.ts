import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { listRepositories } from '../config/registry.ts';
import { t } from '../core/translate.ts';
import { runRunner } from '../platform/runner-process.ts';
import { type CommandContext, type Options, type Run, printJson } from './define.ts';
import { readState, wantInstalled } from './repository-state.ts';
import { rowTable } from './row-table.ts';
import { type HistoryRow, readRows } from './rows.ts';
import { warning } from './warning.ts';

const DEFAULT_WAIT_S = 60;
const PENDING: readonly HistoryRow['state'][] = ['unconfirmed', 'queued', 'sending', 'ambiguous', 'held'];

/** `flush`: delivers now what waits, here or in every repository of this machine. */
export const flush: Run = async (_args, options, context) => {
  const waitMs = waitOf(options);
  const isAll = options['all'] === true;
  const folders = isAll ? await listRepositories(context.effects.env) : [context.directory];
  const rows: HistoryRow[] = [];
  let isFailed = false;
  for (const directory of folders) {
    try {
      rows.push(...(await flushOne({ ...context, directory }, waitMs)));
    } catch (error) {
      if (!isAll || !(error instanceof UserError)) throw error;
      // One that is broken, or was taken out meanwhile, keeps no other from it.
      isFailed = true;
      context.say(warning(`${directory}: ${error.message}`, context));
      context.say(`  ${error.hint}`);
    }
  }
  const pending = rows.filter(({ state }) => PENDING.includes(state));
  if (options['json'] === true) printJson(rows, context);
  else if (rows.length === 0) context.say(t`nothing was waiting`);
  else context.print(rowTable(rows, context));
  if (isFailed) return ExitCode.Failed;
  return pending.length === 0 ? ExitCode.Ok : ExitCode.Pending;
};

/** Gives the rows that were waiting, as they are afterwards, and what the run has found besides. */
async function flushOne(context: CommandContext, waitMs: number): Promise<HistoryRow[]> {
  const state = await readState(context);
  wantInstalled(state);
  const before = new Map((await readRows(state.spools)).map((row) => [row.id, row.state]));
  const tree = state.repository.workTree ?? state.repository.gitDir;
  const { env } = context.effects;
  const { exitCode, stderr } = await runRunner(state.stateDir, ['flush', tree, String(waitMs)], { env });
  if (exitCode !== 0) {
    throw new UserError(
      'delivery-failed',
      t`the runner ended with ${exitCode}: ${stderr.trim() || t`no message`}`,
      {
        hint: t`see ${state.stateDir}/log`,
      },
    );
  }
  const after = await readRows((await readState(context)).spools);
  return after.filter(({ id, state: now }) => PENDING.includes(now) || before.get(id) !== now);
}

function waitOf(options: Options): number {
  const { wait } = options;
  if (wait === undefined) return 0;
  const seconds = wait === true ? DEFAULT_WAIT_S : Number(wait);
  if (!Number.isFinite(seconds) || seconds < 0) {
    throw new UserError('usage', t`--wait takes seconds, not ${String(wait)}`, {
      hint: 'codearts-hooks flush --wait 60',
    });
  }
  return Math.round(seconds * 1000);
}
