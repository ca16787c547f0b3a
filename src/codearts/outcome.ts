import { stored } from '../core/translate.ts';
import type { HttpResult } from '../platform/http.ts';
import { type ReplyBody, type StartedBuild, parseReply } from './reply.ts';
import { retryAfterMs } from './retry-after.ts';
import { whyUnreachable } from './unreachable.ts';

/** What one request came to. The ways differ in what happens next. */
export type Outcome =
  /** The build has been started. */
  | { readonly kind: 'accepted'; readonly build: StartedBuild }
  /** Certainly not processed: to be sent again, not before `afterMs` if the service says so. */
  | { readonly kind: 'retry'; readonly reason: string; readonly afterMs: number }
  /** A build may have been started, the answer was lost: not to be sent again before the build history was asked. */
  | { readonly kind: 'ambiguous'; readonly reason: string }
  /** Not before the set-up, the credentials or the user's rights have changed. */
  | { readonly kind: 'held'; readonly hold: 'config' | 'login' | 'permission'; readonly reason: string }
  /** To be sent with fewer commits. */
  | { readonly kind: 'too-large'; readonly reason: string }
  /** Refused for good. */
  | { readonly kind: 'rejected'; readonly reason: string };

/** The `code` of a request that was not sent because the host has refused its key often enough. */
export const REFUSED_BEFORE = 'REFUSED_BEFORE';

type Rule = (reason: string, reply: Reply) => Outcome;
type Reply = Extract<HttpResult, { kind: 'reply' }>;

const retry: Rule = (reason, reply) => ({ kind: 'retry', reason, afterMs: retryAfterMs(reply) });
const tooFrequent: Rule = (reason, reply) => ({
  kind: 'retry',
  reason,
  afterMs: Math.max(60_000, retryAfterMs(reply)),
});
const rejected: Rule = (reason) => ({ kind: 'rejected', reason });
const ambiguous: Rule = (reason) => ({ kind: 'ambiguous', reason });
const tooLarge: Rule = (reason) => ({ kind: 'too-large', reason });
const login: Rule = (reason) => ({ kind: 'held', hold: 'login', reason });
const permission: Rule = (reason) => ({ kind: 'held', hold: 'permission', reason });

// codearts-api.md section 5 and design.md section 8: by code first, then by status.
const BY_CODE: ReadonlyMap<string | null, Rule> = new Map([
  ['CB.00060211', tooFrequent],
  ['CB.00030004', ambiguous],
  ['CB.00060100', ambiguous],
  ['CB.00060101', ambiguous],
  ['APIGW.0301', login],
  ['APIGW.0307', login],
  ['APIGW.0302', permission],
  ['APIGW.0306', permission],
  ['APIGW.0310', permission],
  ['APIGW.0802', permission],
  ['APIGW.0308', retry],
]);
const BY_STATUS: Readonly<Record<number, Rule>> = {
  401: login,
  403: permission,
  408: retry,
  413: tooLarge,
  414: tooLarge,
  425: retry,
  429: retry,
  494: tooLarge,
  503: retry,
};

/** Judges a trigger's result. HTTP 200 alone is no success (codearts-api.md section 1). */
export function judge(result: HttpResult): Outcome {
  if (result.kind === 'failed') {
    if (result.code === REFUSED_BEFORE)
      return { kind: 'held', hold: 'login', reason: stored`twice already, so it is not sent again` };
    if (!result.hasLeft)
      return { kind: 'retry', reason: whyUnreachable(stored`the service`, result), afterMs: 0 };
    return { kind: 'ambiguous', reason: stored`the reply was lost (${result.code})` };
  }
  const body = parseReply(result.isComplete ? result.text : '');
  const reason = sentence(result, body);
  const { status } = result;
  if (status >= 200 && status < 300) return judgeSuccess(result, body, reason);
  if (status >= 300 && status < 400) {
    return {
      kind: 'held',
      hold: 'config',
      reason: stored`the endpoint answers with a redirect (HTTP ${status}), which is not followed`,
    };
  }
  const rule = BY_CODE.get(body.errorCode) ?? BY_STATUS[status] ?? (status >= 500 ? ambiguous : rejected);
  return rule(reason, result);
}

function judgeSuccess(reply: Reply, body: ReplyBody, reason: string): Outcome {
  if (body.isFailure) return (BY_CODE.get(body.errorCode) ?? rejected)(reason, reply);
  if (body.build) return { kind: 'accepted', build: body.build };
  return { kind: 'ambiguous', reason: stored`HTTP ${reply.status}, but no build number in the reply` };
}

function sentence({ status }: Reply, { errorCode, errorMessage }: ReplyBody): string {
  const what = [errorCode, errorMessage].filter((part) => part !== null).join(': ');
  return what === '' ? `HTTP ${status}` : `${what.slice(0, 300)} (HTTP ${status})`;
}
