import type { Call } from './admit.ts';
import { isEnded, lifeOf } from './build-life.ts';
import { isObject } from './is-object.ts';
import type { Answer, Reading } from './readings.ts';
import { type History, refusalOf } from './record-list.ts';
import { errorReply, jsonReply } from './reply.ts';

const STOP = /^\/v1\/job\/(?<jobId>[^/?]+)\/stop(?:\?|$)/;

/**
 * `POST /v1/job/{job_id}/stop` with `{"build_no": N}` (codearts-api.md, section 4). The codes of what cannot be stopped
 * are in no document [A].
 */
export const buildStop: Reading<History> = {
  isFor: ({ method, path }) => method === 'POST' && STOP.test(path),
  answer: (call, history) => {
    const error = refusalOf(call, history);
    if (error) return refused(call, error.status, error.code, error.message);
    const jobId = STOP.exec(call.path)?.groups?.['jobId'];
    const value = call.body.kind === 'read' && isObject(call.body.value) ? call.body.value : {};
    const number = value['build_no'];
    if (!Number.isInteger(number)) return refused(call, 400, 'CB.00060200', 'Invalid parameter: build_no');
    const record = history.records.find(
      ({ build }) => build.jobName === jobId && build.number === String(number),
    );
    if (!record) {
      const message = `The build ${String(number)} of the task ${jobId} does not exist`;
      return refused(call, 422, 'DEVCB.00031006', message);
    }
    const now = Date.now();
    if (isEnded(lifeOf(record, now))) return refused(call, 400, 'CB.00060200', 'The build has ended.');
    record.stoppedAt = now;
    return { outcome: 'stopped', reply: jsonReply(200, { result: true, status: 'success', error: null }) };
  },
  recorded: (body) => body,
};

function refused({ requestId }: Call, status: number, code: string, message: string): Answer {
  return { outcome: code, reply: errorReply({ status, code, message }, requestId) };
}
