import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t, translated } from '../core/translate.ts';
import type { Answer } from '../event/question.ts';
import { plainText } from '../ui/plain-text.ts';
import { askForEvents, deliverInBackground } from './ask.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import { findRow } from './find-row.ts';
import { readState, wantInstalled } from './repository-state.ts';
import { rowTable } from './row-table.ts';
import { type HistoryRow, readRows } from './rows.ts';

/** `redeliver`: sends again what has failed, expired, waits for its user, or was delivered already. */
export const redeliver: Run = async (args, options, context) => {
  const state = await readState(context);
  wantInstalled(state);
  const rows = await readRows(state.spools);
  const isAllFailed = options['failed'] === true;
  if (!isAllFailed && args.length === 0) {
    throw new UserError('usage', t`nothing to redeliver was named`, {
      hint: t`codearts-hooks redeliver <id>, or codearts-hooks redeliver --failed`,
    });
  }
  const failed = rows.filter((row) => row.state === 'failed' || row.state === 'expired');
  const chosen = isAllFailed ? failed : args.map((prefix) => findRow(rows, prefix));
  const ids = [...new Set(chosen.map(({ id }) => id))];
  if (ids.length === 0) {
    context.say(t`nothing has failed`);
    return ExitCode.Ok;
  }
  const answers = await askForEvents({ kind: 'redeliver', ids }, state, context);
  if (answers.some(({ isDone }) => isDone)) await deliverInBackground(state, context);
  return await tellAnswers(answers, chosen, options['json'] === true, context);
};

/** Shows what became of each, and gives the exit code. */
export async function tellAnswers(
  answers: readonly Answer[],
  chosen: readonly HistoryRow[],
  isJson: boolean,
  context: CommandContext,
): Promise<ExitCode> {
  const ids = new Set(chosen.map(({ id }) => id));
  const rows = (await readRows((await readState(context)).spools)).filter(({ id }) => ids.has(id));
  if (isJson) printJson(rows, context);
  else context.print(rowTable(rows, context));
  for (const { id } of chosen.filter((row) => !answers.some((answer) => answer.id === row.id))) {
    context.say(t`${id.slice(0, 7)}: it is not in the queue; look again with codearts-hooks history`);
  }
  for (const { id, reason } of answers.filter(({ isDone }) => !isDone)) {
    context.say(`${id.slice(0, 7)}: ${plainText(translated(reason))}`);
  }
  return answers.length === ids.size && answers.every(({ isDone }) => isDone) ? ExitCode.Ok : ExitCode.Failed;
}
