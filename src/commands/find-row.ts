import { UserError } from '../core/errors.ts';
import { nearestTo } from '../core/nearest.ts';
import { t } from '../core/translate.ts';
import type { HistoryRow } from './rows.ts';

/**
 * The row whose id starts with `prefix`.
 *
 * @throws {UserError} `no-such-event` when there is none, or more than one
 */
export function findRow(rows: readonly HistoryRow[], prefix: string): HistoryRow {
  const found = rows.filter(({ id }) => prefix !== '' && id.startsWith(prefix.toLowerCase()));
  const [row] = found;
  if (row && found.length === 1) return row;
  const message = row
    ? t`${found.length} pushes have an id that starts with ${prefix}`
    : t`no push has the id ${prefix}`;
  const near = row ? null : nearestId(rows, prefix);
  throw new UserError('no-such-event', message, {
    hint: near === null ? 'codearts-hooks history' : t`did you mean ${near}?`,
  });
}

/** The id that was probably meant, as it is shown; of a few digits none can be told. */
function nearestId(rows: readonly HistoryRow[], typed: string): string | null {
  if (typed.length < 4) return null;
  const near = nearestTo(
    typed,
    rows.map(({ id }) => id.slice(0, typed.length)),
  );
  const found = near === null ? undefined : rows.find(({ id }) => id.startsWith(near));
  return found ? found.id.slice(0, Math.max(7, typed.length)) : null;
}
