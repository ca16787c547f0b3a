import { VERSION } from '../core/version.ts';
import type { HttpRequest } from '../platform/http.ts';

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

/** The request that starts a build, codearts-api.md section 1. */
export function triggerRequest(endpoint: string, jobId: string, payload: unknown): TriggerRequest {
  return {
    method: 'POST',
    url: `${endpoint}/v1/job/${encodeURIComponent(jobId)}/auto-execute`,
    headers: { 'content-type': 'application/json', 'user-agent': userAgent() },
    body: JSON.stringify(payload),
  };
}

/** The same request with the token: for sending, never for showing. */
export function withToken(request: HttpRequest, token: string): HttpRequest {
  return { ...request, headers: { ...request.headers, 'x-auth-token': token } };
}
