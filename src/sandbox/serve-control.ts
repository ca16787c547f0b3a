import type { IncomingMessage, ServerResponse } from 'node:http';
import { parseFaults } from './parse-faults.ts';
import { parsePlans } from './parse-plans.ts';
import { readBody } from './read-body.ts';
import { errorReply, jsonReply, nameResponse, type Reply, sendReply } from './reply.ts';
import { replaceFaults, replacePlans, resetState, type SandboxState } from './sandbox-state.ts';

const DONE: Reply = { status: 204, headers: {}, body: '' };

/** Whether a request steers the sandbox and is not one of the service. */
export function isControl(request: IncomingMessage): boolean {
  return /^\/_sandbox(?:[/?]|$)/.test(request.url ?? '');
}

/**
 * Serves a control route: `GET /_sandbox/requests` gives every `ReceivedRequest`, `PUT /_sandbox/faults` takes an array
 * of `Fault`, `PUT /_sandbox/builds` one of plans of builds to come, `DELETE /_sandbox` resets. They need no token, meet no fault and are not recorded. Errors have the form of
 * the service's, with codes that begin with SANDBOX.
 */
export async function serveControl(
  request: IncomingMessage,
  response: ServerResponse,
  state: SandboxState,
): Promise<void> {
  const requestId = nameResponse(response);
  const path = request.url?.replace(/\?.*/, '');
  switch (`${request.method} ${path}`) {
    case 'GET /_sandbox/requests':
      sendReply(response, jsonReply(200, state.requests));
      break;
    case 'PUT /_sandbox/faults':
    case 'PUT /_sandbox/builds': {
      const problem = await take(request, (value) => {
        if (path === '/_sandbox/faults') replaceFaults(state, parseFaults(value));
        else replacePlans(state, parsePlans(value));
      });
      const error = { status: 400, code: 'SANDBOX.400' };
      sendReply(response, problem === null ? DONE : errorReply({ ...error, message: problem }, requestId));
      break;
    }
    case 'DELETE /_sandbox':
      resetState(state);
      sendReply(response, DONE);
      break;
    default: {
      const message = `no such control route: ${request.method} ${path}`;
      sendReply(response, errorReply({ status: 404, code: 'SANDBOX.404', message }, requestId));
    }
  }
}

/** What is wrong with what was sent, or null. What is wrong anywhere leaves the present state as it is. */
async function take(request: IncomingMessage, put: (value: unknown) => void): Promise<string | null> {
  const body = await readBody(request);
  if (body?.kind !== 'read') return 'the body is over 12 MB, or ended early';
  try {
    put(body.value);
    return null;
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}
