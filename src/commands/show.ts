import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import type { Attempt, PushEvent } from '../event/push-event.ts';
import { plainText } from '../ui/plain-text.ts';
import { screenJson } from '../ui/screen-json.ts';
import { table } from '../ui/table.ts';
import { timeAgo } from '../ui/time.ts';
import { cutTo, widthOf, wrapTo } from '../ui/width.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import { findRow } from './find-row.ts';
import { reasonText } from './reason-text.ts';
import { type Trouble, remedyOf } from './remedies.ts';
import { readState } from './repository-state.ts';
import { WIDE, columnsOf, resultOf, stateWord } from './row-table.ts';
import { type HistoryRow, readTrackedRows } from './rows.ts';
import { type ShownRequest, shownRequest } from './shown-request.ts';

/** `show <id>`: one push in full. */
export const show: Run = async (args, options, context) => {
  const prefix = args[0] ?? '';
  const state = await readState(context);
  const tracked = await readTrackedRows(state.spools);
  const row = findRow(
    tracked.map((one) => one.row),
    prefix,
  );
  const found = tracked.find((one) => one.row.id === row.id);
  const event = found?.event ?? null;
  const request = event && (await shownRequest(event, state, context));
  if (options['json'] === true) {
    const events = tracked.filter((one) => one.event && one.noteId === event?.noteId).map((one) => one.row);
    printJson({ ...row, request, events }, context);
  } else {
    context.print(screen({ row, event, request, trouble: found ? remedyOf(found) : null }, context));
  }
  return ExitCode.Ok;
};

interface Shown {
  readonly row: HistoryRow;
  readonly event: PushEvent | null;
  readonly request: ShownRequest | null;
  readonly trouble: Trouble | null;
}

function screen(shown: Shown, context: CommandContext): string {
  const { paint } = context;
  const columns = columnsOf(context);
  const fields = fieldsOf(shown, context);
  const width = Math.max(...fields.map(([name]) => widthOf(name)));
  const lines = fields.flatMap(([name, value]) => {
    const [first = '', ...rest] = columns === null ? [value] : wrapTo(value, columns - width - 2);
    const title = paint('bold', name) + ' '.repeat(width - widthOf(name));
    return [`${title}  ${first}`, ...rest.map((line) => ' '.repeat(width + 2) + line)];
  });
  const remedy = remedyFor(shown);
  // To be copied whole: on a narrow terminal it has the line for itself.
  const indent = columns !== null && columns < WIDE ? 2 : width + 2;
  if (remedy !== null) lines.push(' '.repeat(indent) + paint('bold', `→ ${remedy}`));
  const parts = [lines, attemptLines(shown.row, context), requestLines(shown.request, context)];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.map((line) => `${line}\n`).join(''))
    .join('\n');
}

/** This screen is what it says elsewhere that one should look at. */
function remedyFor({ row, trouble }: Shown): string | null {
  return row.state === 'failed'
    ? `codearts-hooks redeliver ${row.id.slice(0, 7)}`
    : (trouble?.remedy ?? null);
}

function fieldsOf({ row, event }: Shown, { paint, effects }: CommandContext): (readonly [string, string])[] {
  const when = timeAgo(Date.parse(row.pushedAt), effects.clock.now());
  const state = stateWord(row.state, paint);
  const build = row.build ? `${resultOf(row)} (${plainText(row.build.dailyNumber, 40)})` : '-';
  return [
    [t`id`, row.id],
    [t`pushed`, `${when}, ${row.pushedAt}`],
    [t`to`, `${plainText(row.remote)} (${row.source})`],
    [t`ref`, `${plainText(row.ref)} (${row.kind})`],
    [t`before`, row.before],
    [t`after`, row.after],
    ...(event?.tag ? [[t`tag`, event.tag] as const] : []),
    [t`job`, row.job === null ? '-' : `${plainText(row.job.name, 80)} (${row.job.id})`],
    [t`state`, row.reason === null ? state : `${state}: ${reasonText(row.reason, 500)}`],
    [t`build`, build],
    ...(event?.remarks ?? []).map((remark) => [t`note`, reasonText(remark, 500)] as const),
  ];
}

const OUTCOMES = {
  accepted: 'green',
  retry: 'cyan',
  ambiguous: 'yellow',
  held: 'yellow',
  rejected: 'red',
} as const satisfies Record<Attempt['outcome'], string>;

function attemptLines({ attempts }: HistoryRow, context: CommandContext): string[] {
  if (attempts.length === 0) return [];
  const { paint, effects } = context;
  const now = effects.clock.now();
  const cells = attempts.map(({ at, outcome, httpStatus, errorCode, durationMs, requestId }) => [
    `  ${timeAgo(Date.parse(at), now)}`,
    paint(OUTCOMES[outcome], outcome),
    httpStatus === null ? '-' : `HTTP ${httpStatus}`,
    plainText(errorCode ?? '-', 40),
    durationMs === null ? '-' : `${durationMs} ms`,
    plainText(requestId ?? '-', 64),
  ]);
  const columns = columnsOf(context);
  const title = paint('bold', t`attempts`);
  if (columns === null || columns >= WIDE) {
    const text = table(cells, { columns, flexible: [5, 3] });
    return [title, ...text.trimEnd().split('\n')];
  }
  const narrow = cells.flatMap(([when, outcome, status, code, time, request]) => [
    `${when}  ${outcome}  ${status}`,
    `    ${code}  ${time}`,
    `    ${request}`,
  ]);
  return [title, ...narrow.map((line) => cutTo(line, columns))];
}

function requestLines(request: ShownRequest | null, context: CommandContext): string[] {
  if (!request) return [];
  const columns = columnsOf(context);
  const { method, url, headers, body } = request;
  const lines = [
    `${method} ${url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '',
    ...screenJson(body).split('\n'),
  ];
  return [
    context.paint('bold', t`request`),
    ...(columns === null ? lines : lines.map((line) => cutTo(line, columns))),
  ];
}
