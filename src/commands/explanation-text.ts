import { isZeroOid } from '../core/oid.ts';
import { t, translated } from '../core/translate.ts';
import type { CommitList } from '../event/commits.ts';
import { plainText } from '../ui/plain-text.ts';
import { table } from '../ui/table.ts';
import type { CommandContext } from './define.ts';
import type { ExplainedUpdate } from './explained-update.ts';
import type { ExplanationRow } from './explanation.ts';

/** An explanation for people: the push, then each job with its rules, one line each. */
export function explanationText(
  rows: readonly ExplanationRow[],
  {
    update,
    choice,
  }: { readonly update: ExplainedUpdate; readonly choice: { readonly list: CommitList | null } },
  { paint }: CommandContext,
): string {
  const { ref, before, after, remote } = update;
  const from = isZeroOid(before) ? t`new` : before.slice(0, 7);
  const range = t`${plainText(ref)} to ${plainText(remote)}: ${`${from}..${after.slice(0, 7)}`}`;
  const head = `${choice.list === null ? range : withCount(range, choice.list.commits.length)}\n`;
  const remarks = choice.list?.remarks ?? [];
  const notes = remarks.map((remark) => `${t`note: ${plainText(translated(remark))}`}\n`).join('');
  if (rows.length === 0) return `${head}${notes}${t`the config has no job`}\n`;
  // One table, so that all jobs have the same columns.
  const lines = table(
    rows.flatMap(({ checks }) =>
      checks.map(({ key, place, detail, isPassed }) => [
        `  ${isPassed ? ' ' : '!'}`,
        key,
        place ?? t`by default`,
        plainText(detail),
      ]),
    ),
  ).split('\n');
  let next = 0;
  const jobs = rows.map(({ job, matches, reason, checks }) => {
    const mark = paint(matches ? 'green' : 'red', matches ? '✓' : '✗');
    const what = matches ? t`starts` : t`does not start: ${plainText(translated(reason))}`;
    const own = lines.slice(next, (next += checks.length));
    return [`${mark} ${paint('bold', plainText(job, 100))} ${what}`, ...own, ''].join('\n');
  });
  return head + notes + jobs.join('');
}

function withCount(range: string, count: number): string {
  return count === 1 ? t`${range}, 1 commit` : t`${range}, ${count} commits`;
}
