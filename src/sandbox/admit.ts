import type { RequestBody } from './read-body.ts';
import type { ApiError } from './reply.ts';
import { type Route, routeOf } from './route.ts';

/** A request of the service, as far as answering it goes. */
export interface Call {
  readonly requestId: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** What the gateway says to the caller; null: he may come in. To be asked once: it counts wrong signatures. */
  readonly authenticate: () => ApiError | null;
  readonly body: RequestBody;
}

/** What the service knows about jobs. */
export interface Tenant {
  /** null: every id of the right shape is a job. */
  readonly jobs: ReadonlySet<string> | null;
}

/** Whether the service would start a build for a call, and of which job. */
type Admission =
  | { readonly kind: 'admitted'; readonly jobId: string; readonly call: Route['call'] }
  | { readonly kind: 'refused'; readonly error: ApiError };

/**
 * Checks a call of `POST /v1/job/{job_id}/auto-execute` or `POST /v1/job/execute` and changes nothing. Order of checks: codearts-api.md, section 6.
 *
 * Codes and texts that begin with APIGW are the gateway's own.
 *
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-errorcode.html
 */
export function admit(call: Call, { jobs }: Tenant): Admission {
  const route = routeOf(call);
  if (route === null) {
    return refused(404, 'APIGW.0101', 'The API does not exist or has not been published in the environment.');
  }
  const refusal = call.authenticate();
  if (refusal) return { kind: 'refused', error: refusal };
  const { jobId } = route;
  if (!/^[A-Za-z0-9]{32}$/.test(jobId)) {
    return refused(400, 'CB.00060201', 'Invalid task id: job_id must be 32 letters or digits');
  }
  if (jobs !== null && !jobs.has(jobId))
    return refused(422, 'DEVCB.00031006', `The task ${jobId} does not exist`);
  if (call.body.kind === 'too-large') return refused(413, 'APIGW.0201', 'Request entity too large.');
  const problem = route.findProblem(call.body.kind === 'read' ? call.body.value : undefined);
  if (problem !== null) return refused(400, 'CB.00060200', `Invalid parameter: ${problem}`);
  return { kind: 'admitted', jobId, call: route.call };
}

function refused(status: number, code: string, message: string): Admission {
  return { kind: 'refused', error: { status, code, message } };
}
