import type { Call } from './admit.ts';
import { type RecordedBuild, isEnded, lifeOf } from './build-life.ts';
import { nameOf } from './catalogue.ts';
import { PROJECT } from './job-readings.ts';
import type { Answer, Reading } from './readings.ts';
import { type History, refusalOf } from './record-list.ts';
import { type ApiError, errorReply, jsonReply } from './reply.ts';

const RECORD = /^\/v1\/record\/(?<jobId>[^/?]+)\/(?<number>\d+)\/record-info(?:\?|$)/;
const STATUS = /^\/v1\/job\/(?<jobId>[^/?]+)\/status\?(?:.*&)?build_no=(?<number>\d+)(?:&|$)/;
const LOG = /^\/v3\/jobs\/(?<jobId>[^/?]+)\/(?<number>\d+)\/real-time-log(?:\?(?<query>.*))?$/;
/** Characters of a log that are answered at once, unless another number is asked for. */
const LOG_LENGTH = 1_000_000;
const ZONE_MS = 8 * 3_600_000;

/** `GET /v1/record/{job_id}/{build_no}/record-info` (codearts-api.md, section 4). */
export const buildRecord: Reading<History> = reading(RECORD, (record, now) => {
  const { build, commitId, branch, message, startedAt } = record;
  const life = lifeOf(record, now);
  return {
    devcloud_project_id: PROJECT,
    codeci_job_id: build.jobName,
    build_no: Number(build.number),
    daily_build_num: build.dailyNumber,
    repo_name: nameOf(build.jobName),
    branch,
    tag: null,
    commit: commitId,
    commit_message: message,
    trigger_type: 'webhook',
    status: life.state,
    create_time: wallClock(startedAt),
    start_time: life.runsSince === null ? null : wallClock(life.runsSince),
    finish_time: life.finishedAt === null ? null : wallClock(life.finishedAt),
    duration: life.finishedAt === null ? null : life.finishedAt - (life.runsSince ?? startedAt),
    err_msg: life.message === '' ? null : life.message,
  };
});

/** `GET /v1/job/{job_id}/status?build_no=N`. */
export const buildStatus: Reading<History> = reading(STATUS, (record, now) => ({
  status: lifeOf(record, now).state,
}));

/** `GET /v3/jobs/{job_id}/{build_no}/real-time-log?offset=N`: offsets and lengths are in characters. */
export const buildLog: Reading<History> = reading(LOG, (record, now, query) => {
  const life = lifeOf(record, now);
  const text = life.log.map((line) => `${line}\n`).join('');
  const offset = Number(query.get('offset') ?? '0');
  const length = Number(query.get('length') ?? LOG_LENGTH);
  const content = text.slice(offset, offset + length);
  const next = offset + content.length;
  return {
    content,
    current_offset: offset,
    offset: next,
    has_more_data: next < text.length || !isEnded(life),
  };
});

/** A reading of one build. Whoever may not read the history may read none of its builds. */
function reading(
  route: RegExp,
  resultOf: (record: RecordedBuild, now: number, query: URLSearchParams) => object,
): Reading<History> {
  return {
    isFor: ({ method, path }) => method === 'GET' && route.test(path),
    answer: (call, history) => {
      const error = refusalOf(call, history);
      if (error) return refused(error, call);
      const { jobId, number, query = '' } = route.exec(call.path)?.groups ?? {};
      const record = history.records.find(({ build }) => build.jobName === jobId && build.number === number);
      if (!record) {
        const message = `The build ${number} of the task ${jobId} does not exist`;
        return refused({ status: 422, code: 'DEVCB.00031006', message }, call);
      }
      const result = resultOf(record, Date.now(), new URLSearchParams(query));
      return { outcome: 'read', reply: jsonReply(200, { result, status: 'success', error: null }) };
    },
  };
}

function refused(error: ApiError, { requestId }: Call): Answer {
  return { outcome: error.code, reply: errorReply(error, requestId) };
}

/** As clocks on the walls of the region show it: UTC+8. */
function wallClock(ms: number): string {
  return new Date(ms + ZONE_MS).toISOString().slice(0, 19).replace('T', ' ');
}
