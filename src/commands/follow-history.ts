import { ExitCode } from '../core/exit-code.ts';
import { shortRef } from '../core/ref.ts';
import { t } from '../core/translate.ts';
import { endSoon, interrupted } from '../platform/node.ts';
import { liveRegion } from '../ui/live-region.ts';
import { plainText } from '../ui/plain-text.ts';
import { stateWord, resultOf, rowTable } from './row-table.ts';
import type { CommandContext } from './define.ts';
import type { RepositoryState } from './repository-state.ts';
import { type HistoryRow, readRows } from './rows.ts';

const LOOK_MS = 500;

/** Shows rows as they come and change, until Ctrl-C. */
type Show = (rows: readonly HistoryRow[]) => void;

/**
 * `history --follow`: on a terminal the newest rows in place; through a pipe a line for every row that is new or has
 * changed, oldest first; with JSON a row a line. Until Ctrl-C, or until nobody reads it any more.
 */
export async function followHistory(
  { spools }: RepositoryState,
  { number, isJson }: { readonly number: number; readonly isJson: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  const { clock, stdout, env } = context.effects;
  const isLive = stdout.isTTY && !isJson && env['TERM'] !== 'dumb';
  const region = liveRegion(stdout);
  const show = isLive
    ? (rows: readonly HistoryRow[]) =>
        region.show(
          (rows.length === 0 ? t`no push has been seen yet` : rowTable(rows, context))
            .trimEnd()
            .split('\n')
            .slice(0, stdout.rows - 1),
        )
    : showChanges(isJson, context);
  const wish = interrupted().then(() => true);
  let last: readonly HistoryRow[] = [];
  try {
    for (;;) {
      last = (await readRows(spools)).slice(0, number);
      show(last);
      await stdout.finish();
      if (stdout.isClosed) return ExitCode.Ok;
      if ((await Promise.race([clock.sleep(LOOK_MS), wish])) === true) break;
    }
  } finally {
    if (isLive) region.clear();
  }
  if (isLive) context.print(rowTable(last, context));
  endSoon();
  return ExitCode.Interrupted;
}

function showChanges(isJson: boolean, { print, paint }: CommandContext): Show {
  const known = new Map<string, string>();
  return (rows) => {
    for (const row of rows.toReversed()) {
      const text = JSON.stringify(row);
      if (known.get(row.id) === text) continue;
      known.set(row.id, text);
      const words = [
        row.id.slice(0, 7),
        row.pushedAt,
        plainText(shortRef(row.ref), 40),
        row.after.slice(0, 7),
        stateWord(row.state, paint),
        resultOf(row),
      ];
      print(`${isJson ? text : words.join('  ').trimEnd()}\n`);
    }
  };
}
