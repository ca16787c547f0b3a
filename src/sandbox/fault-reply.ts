import type { FaultOf } from './faults.ts';
import { type ApiError, errorReply, jsonReply, type Reply } from './reply.ts';

/** Codes and texts that begin with APIGW are the gateway's own: see `faultReply`. */
const PLAIN_ERRORS = {
  'bad-gateway': { status: 502, code: 'APIGW.0201', message: 'Backend unavailable.' },
  unavailable: { status: 503, code: 'APIGW.0613', message: 'The IAM service is currently unavailable.' },
  'gateway-timeout': { status: 504, code: 'APIGW.0201', message: 'Backend timeout.' },
  'token-expired': { status: 401, code: 'APIGW.0307', message: 'The token must be updated.' },
} satisfies Record<string, ApiError>;

type ReplyKind =
  | 'status'
  | 'throttled'
  | 'too-frequent'
  | 'html'
  | 'error-code-in-200'
  | 'status-fail'
  | 'redirect';

const LOGIN_PAGE = '<!doctype html><title>Sign in</title><form method="post">Sign in to the network</form>\n';
const NOT_STARTED = 'The build was not started';

/**
 * The answer that a fault stands for. Codes: codearts-api.md, section 5. The texts of `status-fail` and of the codes
 * that do not begin with APIGW are made up.
 *
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-errorcode.html
 */
export function faultReply(fault: FaultOf<ReplyKind | keyof typeof PLAIN_ERRORS>, requestId: string): Reply {
  const error = (status: number, code: string, message: string) =>
    errorReply({ status, code, message }, requestId);
  switch (fault.kind) {
    case 'status':
      return statusReply(fault);
    case 'throttled':
      return throttledReply(fault, requestId);
    case 'too-frequent':
      return error(fault.status, 'CB.00060211', 'The operation is too frequent');
    case 'html':
      return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8' }, body: LOGIN_PAGE };
    case 'error-code-in-200':
      return error(200, fault.code ?? 'DEVCB.00031006', NOT_STARTED);
    case 'status-fail':
      return jsonReply(200, { status: 'fail', error: NOT_STARTED });
    case 'redirect':
      return { status: fault.status, headers: { Location: fault.location }, body: '' };
    default:
      return errorReply(PLAIN_ERRORS[fault.kind], requestId);
  }
}

function statusReply({ status, body, headers = {} }: FaultOf<'status'>): Reply {
  if (body === undefined) return { status, headers, body: '' };
  const plain =
    typeof body === 'string'
      ? { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body }
      : jsonReply(status, body);
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { ...plain, headers: typed ? headers : { ...plain.headers, ...headers } };
}

function throttledReply({ retryAfterSeconds }: FaultOf<'throttled'>, requestId: string): Reply {
  const reached = 'The throttling threshold has been reached';
  const error = { status: 429, code: 'APIGW.0308' };
  if (retryAfterSeconds === undefined) {
    const message = `${reached}: policy user over ratelimit,limit:XX,time:1 minute`;
    return errorReply({ ...error, message }, requestId);
  }
  const reply = errorReply({ ...error, message: `${reached}.` }, requestId);
  return { ...reply, headers: { ...reply.headers, 'Retry-After': `${retryAfterSeconds}` } };
}
