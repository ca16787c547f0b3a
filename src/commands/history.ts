import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { rowTable } from './row-table.ts';
import { type Run, printJson } from './define.ts';
import { readState } from './repository-state.ts';
import { readRows } from './rows.ts';

/** `history`: the pushes, newest first. */
export const history: Run = async (_args, options, context) => {
  const number = options['number'] === undefined ? 20 : Number(options['number']);
  if (!Number.isInteger(number) || number < 1) {
    throw new UserError('usage', `-n takes a whole number from 1, not ${String(options['number'])}`, {
      hint: 'codearts-hooks history -n 20',
    });
  }
  const { spools } = await readState(context);
  const rows = (await readRows(spools)).slice(0, number);
  if (options['json'] === true) printJson(rows, context);
  else if (rows.length === 0) context.say('no push has been seen yet');
  else context.print(rowTable(rows, context));
  return ExitCode.Ok;
};
