import { outsideText } from '../core/outside-text.ts';
import { isRecord, stringAt } from '../core/record.ts';
import { t } from '../core/translate.ts';
import type { Send } from './build-history.ts';
import { type ReadFailure, type ReadWords, readResult } from './read-result.ts';
import { userAgent } from './trigger.ts';

/** The states of a build, in the service's words; the last four are its end. */
export type BuildState = 'InQueue' | 'Running' | 'SUCCESS' | 'FAILURE' | 'ABORTED' | 'SCHEDULE_FAILURE';

/** One build of a job, by its number. */
export interface BuildName {
  /** `https://host` of CodeArts Build. */
  readonly endpoint: string;
  readonly jobId: string;
  readonly number: string;
}

/** What the service says of a build now. */
export interface BuildInfo {
  readonly state: BuildState;
  /** From its start on a runner to its end, milliseconds; null before its end, or when the service does not tell. */
  readonly durationMs: number | null;
  /** Why it failed, one line; null: not told. */
  readonly message: string | null;
  /** The CodeArts project that the job is in; null: not told. */
  readonly projectId: string | null;
}

/** The log from an offset on, as far as it has come. */
export interface BuildLog {
  readonly text: string;
  /** Where to go on. */
  readonly offset: number;
  /** Whether more is there, or to come. */
  readonly hasMore: boolean;
}

/**
 * What the words of the service mean. Seen live are InQueue, Running and the four ends (codearts-api.md section 4); the
 * others are what its documents and the records of its runners call the same [A].
 */
const STATES: Readonly<Record<string, BuildState>> = {
  inqueue: 'InQueue',
  queue: 'InQueue',
  queued: 'InQueue',
  waiting: 'InQueue',
  pending: 'InQueue',
  running: 'Running',
  building: 'Running',
  success: 'SUCCESS',
  succeeded: 'SUCCESS',
  failure: 'FAILURE',
  failed: 'FAILURE',
  error: 'FAILURE',
  timeout: 'FAILURE',
  aborted: 'ABORTED',
  stopped: 'ABORTED',
  cancelled: 'ABORTED',
  canceled: 'ABORTED',
  schedule_failure: 'SCHEDULE_FAILURE',
};
const MESSAGE_LIMIT = 300;
/** With every character escaped it still is a reply of less than 64 KiB. */
const LOG_LENGTH = 10_000;

/** Whether a build in that state has ended. */
export function isOver(state: BuildState): boolean {
  return state !== 'InQueue' && state !== 'Running';
}

/**
 * Reads the state of a build, `GET /v1/record/{job_id}/{build_no}/record-info`; where that is not published, what
 * `GET /v1/job/{job_id}/status` says (codearts-api.md section 4). Does not throw.
 */
export async function readBuildInfo(
  { endpoint, jobId, number }: BuildName,
  send: Send,
): Promise<{ readonly kind: 'build'; readonly build: BuildInfo } | ReadFailure> {
  const [job, no] = [encodeURIComponent(jobId), encodeURIComponent(number)];
  const read = await get(BUILD, `${endpoint}/v1/record/${job}/${no}/record-info`, send);
  if (read.kind === 'result') return { kind: 'build', build: infoIn(read.result) };
  if (read.kind !== 'forbidden' || read.status !== 404) return read;
  const status = await get(BUILD, `${endpoint}/v1/job/${job}/status?build_no=${no}`, send);
  return status.kind === 'result' ? { kind: 'build', build: infoIn(status.result) } : status;
}

/**
 * Reads the log of a build, `GET /v3/jobs/{job_id}/{build_no}/real-time-log`, in parts that a reply can hold. Does not
 * throw.
 *
 * @param offset 0, then what the part before has given
 */
export async function readBuildLog(
  { endpoint, jobId, number }: BuildName,
  offset: number,
  send: Send,
): Promise<{ readonly kind: 'log'; readonly log: BuildLog } | ReadFailure> {
  const [job, no] = [encodeURIComponent(jobId), encodeURIComponent(number)];
  const url = `${endpoint}/v3/jobs/${job}/${no}/real-time-log?offset=${offset}&length=${LOG_LENGTH}`;
  const read = await get(LOG, url, send);
  if (read.kind !== 'result') return read;
  const { result } = read;
  const text = stringAt(result, 'content') ?? '';
  const next = Number(result['offset'] ?? Number.NaN);
  return {
    kind: 'log',
    log: {
      text,
      offset: Number.isSafeInteger(next) && next >= offset ? next : offset + text.length,
      hasMore: result['has_more_data'] === true,
    },
  };
}

const BUILD: ReadWords = {
  unread: (code) => t`the build could not be read (${code})`,
  answers: (what, status) =>
    what === '' ? t`the build answers (HTTP ${status})` : t`the build answers ${what} (HTTP ${status})`,
};
const LOG: ReadWords = {
  unread: (code) => t`the log could not be read (${code})`,
  answers: (what, status) =>
    what === '' ? t`the log answers (HTTP ${status})` : t`the log answers ${what} (HTTP ${status})`,
};

async function get(words: ReadWords, url: string, send: Send) {
  return readResult(await send({ method: 'GET', url, headers: { 'user-agent': userAgent() } }), words);
}

function infoIn(record: Readonly<Record<string, unknown>>): BuildInfo {
  const word = stringAt(record, 'status') ?? '';
  const [from, to] = [timeAt(record, 'start_time'), timeAt(record, 'finish_time')];
  const message = stringAt(record, 'err_msg') ?? '';
  // A word that is not known is no success; whether it is an end, the time of the end tells.
  const state = STATES[word.toLowerCase()] ?? (to === null ? 'Running' : 'FAILURE');
  return {
    state,
    durationMs: isOver(state) && from !== null && to !== null && to >= from ? to - from : null,
    message: message === '' ? null : outsideText(message, MESSAGE_LIMIT),
    projectId: /^[0-9a-zA-Z]{32}$/.exec(stringAt(record, 'devcloud_project_id') ?? '')?.[0] ?? null,
  };
}

/** Milliseconds, of whatever zone: only for what has passed between two of them. */
function timeAt(record: unknown, key: string): number | null {
  const value = isRecord(record) ? record[key] : null;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return null;
  const time = /^\d{10,}$/.test(value) ? Number(value) : Date.parse(`${value.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : time;
}
