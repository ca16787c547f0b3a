import { UserError } from '../core/errors.ts';
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
  throw new UserError('no-such-event', message, { hint: 'codearts-hooks history' });
}
