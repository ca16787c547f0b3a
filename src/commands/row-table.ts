import { shortRef } from '../core/ref.ts';
import { t } from '../core/translate.ts';
import type { EventState } from '../event/push-event.ts';
import { plainText } from '../ui/plain-text.ts';
import { table } from '../ui/table.ts';
import { timeAgo } from '../ui/time.ts';
import { cutTo, terminalColumns, widthOf } from '../ui/width.ts';
import type { CommandContext } from './define.ts';
import { reasonText } from './reason-text.ts';
import type { HistoryRow } from './rows.ts';

type State = EventState | 'unconfirmed';

const COLOURS = {
  delivered: 'green',
  failed: 'red',
  expired: 'red',
  held: 'yellow',
  ambiguous: 'yellow',
  queued: 'cyan',
  sending: 'cyan',
  unconfirmed: 'cyan',
  skipped: 'gray',
  superseded: 'gray',
} as const satisfies Record<State, string>;

const WORDS: Readonly<Record<State, () => string>> = {
  delivered: () => t`delivered`,
  failed: () => t`failed`,
  expired: () => t`expired`,
  held: () => t`held`,
  ambiguous: () => t`ambiguous`,
  queued: () => t`queued`,
  sending: () => t`sending`,
  unconfirmed: () => t`unconfirmed`,
  skipped: () => t`skipped`,
  superseded: () => t`superseded`,
};

/** A terminal that is narrower has two lines a row. */
export const WIDE = 64;
/** Of a row on one line: what came of it first, then the ref. */
const FLEXIBLE = [5, 2];

/** The width to which a screen is fitted; null where nothing is to be cut: no terminal. */
export function columnsOf({ effects: { stdout } }: CommandContext): number | null {
  return terminalColumns(stdout);
}

/** Rows as aligned lines: id, when, ref, commit, state, and what came of it. */
export function rowTable(rows: readonly HistoryRow[], context: CommandContext): string {
  const columns = columnsOf(context);
  const cells = rows.map((row) => rowCells(row, context));
  if (columns === null || columns >= WIDE) return table(cells, { columns, flexible: FLEXIBLE });
  return cells.map((cell) => narrowRow(cell, columns)).join('');
}

type Cells = ReturnType<typeof rowCells>;

/** The ref gives way to the commit, and what came of it has a line of its own where there is no room. */
function narrowRow([id, when, ref, commit, state, result]: Cells, columns: number): string {
  const source = `  ${cutTo(ref, columns - commit.length - 3)} ${commit}`;
  const joined = result === '' ? source : `${source}  ${result}`;
  const rest = widthOf(joined) <= columns ? [joined] : [source, `  ${result}`];
  return [`${id}  ${when}  ${state}`, ...rest].map((line) => `${cutTo(line, columns)}\n`).join('');
}

function rowCells(row: HistoryRow, { paint, effects }: CommandContext) {
  return [
    row.id.slice(0, 7),
    timeAgo(Date.parse(row.pushedAt), effects.clock.now()),
    plainText(shortRef(row.ref), 40),
    row.kind === 'deleted' ? t`deleted` : row.after.slice(0, 7),
    stateWord(row.state, paint),
    resultOf(row),
  ] as const;
}

/** A state in its colour. */
export function stateWord(state: State, paint: CommandContext['paint']): string {
  return paint(COLOURS[state], WORDS[state]());
}

/** What came of a push, in a few words. */
export function resultOf({ job, build, reason }: HistoryRow): string {
  const name = job === null ? '' : plainText(job.name, 40);
  if (build) return `${name} #${plainText(build.number, 20)}`;
  return [name, reason === null ? '' : reasonText(reason)].filter(Boolean).join(': ');
}
