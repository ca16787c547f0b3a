import { UserError } from '../core/errors.ts';
import { t, translated } from '../core/translate.ts';
import { askForEvents } from './ask.ts';
import type { Run } from './define.ts';
import { findRow } from './find-row.ts';
import { tellAnswers } from './redeliver.ts';
import { readState, wantInstalled } from './repository-state.ts';
import { readRows } from './rows.ts';

/** `discard`: takes out of the queue what is not to be built any more. */
export const discard: Run = async (args, options, context) => {
  const state = await readState(context);
  wantInstalled(state);
  const rows = await readRows(state.spools);
  const chosen = args.map((prefix) => findRow(rows, prefix));
  const unconfirmed = chosen.find((row) => row.state === 'unconfirmed');
  if (unconfirmed) {
    throw new UserError(
      'no-such-event',
      t`${unconfirmed.id.slice(0, 7)} is no trigger yet: ${translated(unconfirmed.reason ?? '')}`,
      {
        hint: t`codearts-hooks flush asks the remote again`,
      },
    );
  }
  const ids = [...new Set(chosen.map(({ id }) => id))];
  const answers = await askForEvents({ kind: 'discard', ids }, state, context);
  return await tellAnswers(answers, chosen, options['json'] === true, context);
};
