import { findExecuteProblem } from './execute-body.ts';
import { isObject } from './is-object.ts';
import type { RequestBody } from './read-body.ts';
import { findBodyProblem } from './trigger-body.ts';

/** A call that starts a build, as far as its path tells. */
export interface Route {
  readonly call: 'auto-execute' | 'execute';
  /** As it was sent; '' when a body names none. */
  readonly jobId: string;
  /** What the service refuses in a body, or null. */
  readonly findProblem: (body: unknown) => string | null;
}

const AUTO_EXECUTE = /^\/v1\/job\/(?<jobId>[^/?]+)\/auto-execute(?:\?|$)/;
const EXECUTE = /^\/v1\/job\/execute(?:\?|$)/;

/** Finds the call; null: there is no such API. `execute` names its job in the body (codearts-api.md, section 4). */
export function routeOf(call: {
  readonly method: string;
  readonly path: string;
  readonly body: RequestBody;
}): Route | null {
  if (call.method !== 'POST') return null;
  if (EXECUTE.test(call.path)) {
    const value = call.body.kind === 'read' ? call.body.value : null;
    const named = isObject(value) ? value['job_id'] : null;
    const jobId = typeof named === 'string' ? named : '';
    return { call: 'execute', jobId, findProblem: findExecuteProblem };
  }
  const jobId = AUTO_EXECUTE.exec(call.path)?.groups?.['jobId'];
  return jobId === undefined ? null : { call: 'auto-execute', jobId, findProblem: findBodyProblem };
}
