import { isRecord } from '../core/record.ts';
import { stored, translated } from '../core/translate.ts';
import type { Send } from './build-history.ts';
import { judge } from './outcome.ts';
import type { ReadFailure } from './read-result.ts';
import { parseReply } from './reply.ts';
import { retryAfterMs } from './retry-after.ts';
import { userAgent } from './trigger.ts';
import { whyUnreachable } from './unreachable.ts';

/** What a call that starts no build came to. */
export type Answer<T> = { readonly kind: 'answer'; readonly value: T } | ReadFailure;

/**
 * Asks the service something and gives the `result` of its JSON, or all of it where there is no `result`
 * (codearts-api.md section 4: both forms are in use). HTTP 200 alone is no success.
 *
 * @param body sent as JSON by a POST; without it, it is a GET
 */
export async function askService(url: string, send: Send, body?: unknown): Promise<Answer<unknown>> {
  const headers = { 'user-agent': userAgent() };
  const result = await send(
    body === undefined
      ? { method: 'GET', url, headers }
      : {
          method: 'POST',
          url,
          headers: { ...headers, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
  );
  if (result.kind === 'failed') {
    return {
      kind: 'unreachable',
      reason: translated(whyUnreachable(stored`the service`, result)),
      afterMs: 0,
    };
  }
  const { status, text, isComplete } = result;
  const { isJson, errorCode, errorMessage, isFailure } = parseReply(isComplete ? text : '');
  const said = [errorCode, errorMessage].filter(Boolean).join(': ');
  const reason = said === '' ? `HTTP ${status}` : `${said} (HTTP ${status})`;
  const outcome = judge(result);
  if (outcome.kind === 'held' && outcome.hold === 'login') return { kind: 'refused', reason };
  if (status >= 200 && status < 300 && isJson && !isFailure) {
    return { kind: 'answer', value: resultIn(text) };
  }
  const isNo = isFailure || (status >= 400 && status < 500 && ![408, 425, 429].includes(status));
  if (isNo) return { kind: 'forbidden', status, reason };
  return { kind: 'unreachable', reason, afterMs: retryAfterMs(result) };
}

function resultIn(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return isRecord(value) && 'result' in value ? value['result'] : value;
}
