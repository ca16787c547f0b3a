import { VERSION } from '../core/version.ts';

/** A request as it is sent, but for the credentials. */
export interface TriggerRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How we name ourselves to the service. */
export function userAgent(): string {
  return `codearts-hooks/${VERSION}`;
}

/**
 * The request that starts a build: `auto-execute`, codearts-api.md section 1, with a payload; or `execute`, section 4,
 * with an order. The service's reply to the second has been seen wrapped in `result`.
 */
export function triggerRequest(
  endpoint: string,
  jobId: string,
  payload: unknown,
  execute?: object,
): TriggerRequest {
  const path = execute ? 'execute' : `${encodeURIComponent(jobId)}/auto-execute`;
  return {
    method: 'POST',
    url: `${endpoint}/v1/job/${path}`,
    headers: { 'content-type': 'application/json', 'user-agent': userAgent() },
    body: JSON.stringify(execute ? { job_id: jobId, ...execute } : payload),
  };
}
