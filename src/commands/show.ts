import { ExitCode } from '../core/exit-code.ts';
import { triggerRequest } from '../codearts/trigger.ts';
import type { PushEvent } from '../event/push-event.ts';
import { readEvents } from '../spool/shelves.ts';
import { plainText } from '../ui/plain-text.ts';
import { type CommandContext, type Run, printJson } from './define.ts';
import { findRow } from './find-row.ts';
import { readState } from './repository-state.ts';
import { resultOf } from './row-table.ts';
import { type HistoryRow, readRows, rowOf } from './rows.ts';
import { screenJson } from '../ui/screen-json.ts';

/** A request as it is shown: without credentials. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** `show <id>`: one push in full. */
export const show: Run = async (args, options, context) => {
  const prefix = args[0] ?? '';
  const { spools } = await readState(context);
  const row = findRow(await readRows(spools), prefix);
  const events = (await Promise.all(spools.map((spool) => readEvents(spool)))).flat();
  const event = events.find(({ id }) => id === row.id) ?? null;
  const request = event && requestOf(event);
  const siblings = events.filter(({ noteId }) => noteId === event?.noteId).map(rowOf);
  if (options['json'] === true) printJson({ ...row, request, events: siblings }, context);
  else context.print(screen(row, { request, event }, context));
  return ExitCode.Ok;
};

/** The request of an event, its token hidden; null while there is none. */
export function requestOf({
  endpoint,
  job,
  payload,
  execute,
}: Pick<PushEvent, 'endpoint' | 'job' | 'payload' | 'execute'>): ShownRequest | null {
  if (endpoint === null || job === null || payload === null) return null;
  const { method, url, headers, body } = triggerRequest(endpoint, job.id, payload, execute);
  return { method, url, headers: { ...headers, 'x-auth-token': '[redacted]' }, body: JSON.parse(body) };
}

function screen(
  row: HistoryRow,
  { request, event }: { readonly request: ShownRequest | null; readonly event: PushEvent | null },
  { paint }: CommandContext,
): string {
  const fields: readonly (readonly [string, string])[] = [
    ['id', row.id],
    ['pushed', `${row.pushedAt} to ${plainText(row.remote)} (${row.source})`],
    ['ref', `${plainText(row.ref)} ${row.kind}`],
    ['before', row.before],
    ['after', row.after],
    ...(event?.tag ? [['tag', event.tag] as const] : []),
    ['state', `${row.state}${row.reason === null ? '' : `: ${plainText(row.reason)}`}`],
    ['build', row.build ? `${resultOf(row)} (${plainText(row.build.dailyNumber, 40)})` : '-'],
    ...(event?.remarks ?? []).map((remark) => ['note', plainText(remark)] as const),
  ];
  const attempts = row.attempts.map(
    ({ at, outcome, httpStatus, errorCode, requestId, durationMs }) =>
      `  ${at}  ${outcome}  ${httpStatus ?? '-'}  ${errorCode ?? '-'}  ${durationMs ?? '-'} ms  ${plainText(requestId ?? '-', 64)}\n`,
  );
  const body = request ? `\n${request.method} ${request.url}\n${screenJson(request.body)}\n` : '';
  return [
    ...fields.map(([name, value]) => `${paint('bold', name.padEnd(8))}${value}\n`),
    attempts.length === 0 ? '' : `\n${paint('bold', 'attempts')}\n`,
    ...attempts,
    body,
  ].join('');
}
