import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from './admit.ts';
import { authenticate } from './authenticate.ts';
import { type Decision, decide } from './decide.ts';
import { buildLog, buildRecord, buildStatus } from './build-readings.ts';
import { buildStop } from './build-stop.ts';
import { iamToken } from './iam-token.ts';
import { jobConfig, jobList, projectList } from './job-readings.ts';
import { perform } from './perform.ts';
import { type RequestBody, readBody } from './read-body.ts';
import type { Reading } from './readings.ts';
import { describeArrival, headersOf } from './received-request.ts';
import { recordList } from './record-list.ts';
import { nameResponse, sendReply } from './reply.ts';
import type { SandboxState } from './sandbox-state.ts';

const READINGS: readonly Reading<SandboxState>[] = [
  iamToken,
  recordList,
  buildRecord,
  buildStatus,
  buildLog,
  buildStop,
  jobConfig,
  jobList,
  projectList,
];

/**
 * Serves one request of the service: takes the next fault, reads, decides, records, and only then acts, so that a
 * client that has its answer finds its request recorded. A request whose client leaves in the middle is not recorded.
 */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  state: SandboxState,
): Promise<void> {
  const at = Date.now();
  const requestId = nameResponse(response);
  response.setHeader('Date', new Date(at + state.rules.clockOffsetMs).toUTCString());
  const name = { method: request.method ?? '', path: request.url ?? '' };
  const reading = READINGS.find(({ isFor }) => isFor(name));
  const fault = (reading ? null : state.faults.shift()) ?? { kind: 'none' };
  const body = fault.kind === 'refuse' ? ({ kind: 'unread' } as const) : await readBody(request);
  if (body === null) return;
  const proving = { ...name, headers: headersOf(request), text: body.kind === 'read' ? body.text : null };
  const call: Call = { ...name, requestId, body, authenticate: () => authenticate(proving, state, at) };
  // Before anything is counted or expires by being answered.
  const arrival = describeArrival(proving, state, at);
  const record = (
    rest: Pick<SandboxState['requests'][number], 'outcome' | 'status' | 'build' | 'body'>,
  ): void => {
    const received = { ...arrival, ...rest };
    state.requests.push(received);
    state.onRequest(received);
  };
  if (reading) {
    const { outcome, reply } = reading.answer(call, state);
    record({ body: reading.recorded?.(valueOf(body)) ?? null, outcome, status: reply.status, build: null });
    sendReply(response, reply);
    return;
  }
  const decision = decide(fault, call, state);
  const { outcome, build } = decision;
  record({ body: valueOf(body), outcome, status: statusOf(decision), build });
  perform(decision, response);
}

function valueOf(body: RequestBody): unknown {
  return body.kind === 'read' ? body.value : null;
}

function statusOf({ action }: Decision): number | null {
  return 'reply' in action ? action.reply.status : null;
}
