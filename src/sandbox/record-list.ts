import type { Call, Tenant } from './admit.ts';
import { type RecordedBuild, isEnded, lifeOf } from './build-life.ts';
import type { Answer, Reading } from './readings.ts';
import { type ApiError, errorReply, jsonReply } from './reply.ts';

/** Who may read the history: `forbidden` answers 403 APIGW.0302, `unavailable` 503. */
export type HistoryAccess = 'open' | 'forbidden' | 'unavailable';

/** The builds so far, and who may read of them. */
export interface History extends Tenant {
  readonly records: readonly RecordedBuild[];
  readonly historyAccess: HistoryAccess;
}

const ROUTE = /^\/v1\/record\/(?<jobId>[^/?]+)\/list(?:\?(?<query>.*))?$/;
/** The region's wall clock: Huawei Cloud's regions in China are at UTC+8. */
const ZONE = '+08:00';
const MONTH_MS = 31 * 86_400_000;

/**
 * `GET /v1/record/{job_id}/list`, newest build first (codearts-api.md, section 4): both times are wanted, read as the
 * region's wall clock, at most 31 days apart; `page_index` counts from 0.
 */
export const recordList: Reading<History> = {
  isFor: ({ method, path }) => method === 'GET' && ROUTE.test(path),
  answer: (call, history) => answer(call, history),
};

function answer(call: Call, history: History): Answer {
  const { jobId = '', query = '' } = ROUTE.exec(call.path)?.groups ?? {};
  const refused = (status: number, code: string, message: string) => ({
    outcome: code,
    reply: errorReply({ status, code, message }, call.requestId),
  });
  const refusal = refusalOf(call, history);
  if (refusal) return refused(refusal.status, refusal.code, refusal.message);
  const wanted = new URLSearchParams(query);
  const from = timeIn(wanted.get('start_time'));
  const to = timeIn(wanted.get('end_time'));
  const size = Number(wanted.get('page_size') ?? '10');
  const index = Number(wanted.get('page_index') ?? '0');
  const isPage = Number.isInteger(size) && size >= 1 && size <= 100 && Number.isInteger(index) && index >= 0;
  if (from === null || to === null || to - from > MONTH_MS || !isPage)
    return refused(400, 'CB.00060200', 'Invalid parameter: start_time, end_time, page_index or page_size');
  const found = history.records
    .filter(({ build, startedAt }) => build.jobName === jobId && startedAt >= from && startedAt <= to)
    .toReversed();
  const page = found.slice(index * size, (index + 1) * size).map((record) => stateOf(record, Date.now()));
  const result = { total: found.length, job_build_states: page };
  return { outcome: 'listed', reply: jsonReply(200, { result, status: 'success', error: null }) };
}

/** Why a caller may not read of builds; null: he may. */
export function refusalOf(call: Call, { historyAccess }: History): ApiError | null {
  const refusal = call.authenticate();
  if (refusal || historyAccess === 'open') return refusal;
  return historyAccess === 'forbidden'
    ? { status: 403, code: 'APIGW.0302', message: 'The app does not have the permission.' }
    : { status: 503, code: 'APIGW.0201', message: 'Backend unavailable.' };
}

function timeIn(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return null;
  const time = Date.parse(`${text.replace(' ', 'T')}${ZONE}`);
  return Number.isNaN(time) ? null : time;
}

function stateOf(record: RecordedBuild, now: number) {
  const { build, commitId, branch, startedAt } = record;
  const life = lifeOf(record, now);
  return {
    number: Number(build.number),
    daily_build_number: build.dailyNumber,
    state: life.state,
    job_running_status: isEnded(life) ? 'Finished' : life.state,
    trigger_type: 'webhook',
    commit_id: commitId,
    code_branch: branch,
    start_time: startedAt,
  };
}
