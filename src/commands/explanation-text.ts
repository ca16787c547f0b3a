import { isZeroOid } from '../core/oid.ts';
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
  const from = isZeroOid(before) ? 'new' : before.slice(0, 7);
  const count = choice.list?.commits.length ?? 0;
  const commits = choice.list === null ? '' : `, ${count} ${count === 1 ? 'commit' : 'commits'}`;
  const head = `${plainText(ref)} to ${plainText(remote)}: ${from}..${after.slice(0, 7)}${commits}\n`;
  const notes = (choice.list?.remarks ?? []).map((remark) => `note: ${plainText(remark)}\n`).join('');
  if (rows.length === 0) return `${head}${notes}the config has no job\n`;
  // One table, so that all jobs have the same columns.
  const lines = table(
    rows.flatMap(({ checks }) =>
      checks.map(({ key, place, detail, isPassed }) => [
        `  ${isPassed ? ' ' : '!'}`,
        key,
        place ?? 'by default',
        plainText(detail),
      ]),
    ),
  ).split('\n');
  let next = 0;
  const jobs = rows.map(({ job, matches, reason, checks }) => {
    const mark = paint(matches ? 'green' : 'red', matches ? '✓' : '✗');
    const what = matches ? 'starts' : `does not start: ${plainText(reason)}`;
    const own = lines.slice(next, (next += checks.length));
    return [`${mark} ${paint('bold', plainText(job, 100))} ${what}`, ...own, ''].join('\n');
  });
  return head + notes + jobs.join('');
}
