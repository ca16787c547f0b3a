import { shortRef } from '../core/ref.ts';
import type { EventState } from '../event/push-event.ts';
import { plainText } from '../ui/plain-text.ts';
import { table } from '../ui/table.ts';
import { timeAgo } from '../ui/time.ts';
import type { CommandContext } from './define.ts';
import type { HistoryRow } from './rows.ts';

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
} as const satisfies Record<EventState | 'unconfirmed', string>;

/** Rows as aligned lines: id, when, ref, commit, state, and what came of it. */
export function rowTable(rows: readonly HistoryRow[], { paint, effects }: CommandContext): string {
  const now = effects.clock.now();
  return table(
    rows.map((row) => [
      row.id.slice(0, 7),
      timeAgo(Date.parse(row.pushedAt), now),
      plainText(shortRef(row.ref), 40),
      row.kind === 'deleted' ? 'deleted' : row.after.slice(0, 7),
      paint(COLOURS[row.state], row.state),
      resultOf(row),
    ]),
  );
}

/** What came of a push, in a few words. */
export function resultOf({ job, build, reason }: HistoryRow): string {
  const name = job === null ? '' : plainText(job.name, 40);
  if (build) return `${name} #${plainText(build.number, 20)}`;
  return [name, reason === null ? '' : plainText(reason)].filter(Boolean).join(': ');
}
