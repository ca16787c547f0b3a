import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call } from './admit.ts';
import { type Decision, decide } from './decide.ts';
import { perform } from './perform.ts';
import { readBody } from './read-body.ts';
import { type Arrival, describeArrival } from './received-request.ts';
import { isRecordList, recordList } from './record-list.ts';
import { nameResponse, sendReply } from './reply.ts';
import type { SandboxState } from './sandbox-state.ts';

/**
 * Serves one request of the service: takes the next fault, reads, decides, records, and only then acts, so that a
 * client that has its answer finds its request recorded. A request whose client leaves in the middle is not recorded.
 */
export async function serveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  state: SandboxState,
): Promise<void> {
  const arrival = describeArrival(request, state.token);
  const requestId = nameResponse(response);
  if (isRecordList(arrival)) {
    await serveRecordList(request, response, { state, arrival, requestId });
    return;
  }
  const fault = state.faults.shift() ?? { kind: 'none' };
  const body = fault.kind === 'refuse' ? ({ kind: 'unread' } as const) : await readBody(request);
  if (body === null) return;
  const token = request.headers['x-auth-token']?.toString();
  const call: Call = { requestId, method: arrival.method, path: arrival.path, token, body };
  const decision = decide(fault, call, state);
  const { outcome, build } = decision;
  const received = {
    ...arrival,
    body: body.kind === 'read' ? body.value : null,
    outcome,
    status: statusOf(decision),
    build,
  };
  state.requests.push(received);
  state.onRequest(received);
  perform(decision, response);
}

/** The build history meets no fault of the script, which is of the calls that start builds. */
async function serveRecordList(
  request: IncomingMessage,
  response: ServerResponse,
  { state, arrival, requestId }: { state: SandboxState; arrival: Arrival; requestId: string },
): Promise<void> {
  const body = await readBody(request);
  if (body === null) return;
  const token = request.headers['x-auth-token']?.toString();
  const call: Call = { requestId, method: arrival.method, path: arrival.path, token, body };
  const { outcome, reply } = recordList(call, state);
  const received = { ...arrival, body: null, outcome, status: reply.status, build: null };
  state.requests.push(received);
  state.onRequest(received);
  sendReply(response, reply);
}

function statusOf({ action }: Decision): number | null {
  return 'reply' in action ? action.reply.status : null;
}
