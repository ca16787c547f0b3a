import { isRecord } from '../core/record.ts';
import { stored, t, translated } from '../core/translate.ts';
import type { HttpResult } from '../platform/http.ts';
import type { Send } from './build-history.ts';
import { REFUSED_BEFORE, judge } from './outcome.ts';
import type { ReadFailure } from './read-result.ts';
import { parseReply } from './reply.ts';
import { retryAfterMs } from './retry-after.ts';
import { userAgent } from './trigger.ts';
import { whyUnreachable } from './unreachable.ts';

type Reply = Extract<HttpResult, { kind: 'reply' }>;

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
    if (result.code === REFUSED_BEFORE)
      return { kind: 'refused', reason: t`the credentials were refused twice already` };
    return {
      kind: 'unreachable',
      reason: translated(whyUnreachable(stored`the service`, result)),
      afterMs: 0,
    };
  }
  return answerIn(result);
}

/** How a list is asked for, page by page. */
export interface Pages<T> {
  /** The address of a page, counted from 0. */
  readonly urlOf: (page: number) => string;
  /** Where its entries are. */
  readonly key: string;
  /** An entry; null: it is none that can be used. */
  readonly entryOf: (value: unknown) => T | null;
  readonly size: number;
  readonly most: number;
}

/** All entries of a list: a page that is not full is the last one. */
export async function askPages<T>(
  { urlOf, key, entryOf, size, most }: Pages<T>,
  send: Send,
): Promise<Answer<readonly T[]>> {
  const entries: T[] = [];
  for (let page = 0; page < most; page += 1) {
    const answer = await askService(urlOf(page), send);
    if (answer.kind !== 'answer') return answer;
    const list = isRecord(answer.value) ? answer.value[key] : null;
    const found = Array.isArray(list) ? (list as unknown[]) : [];
    entries.push(...found.flatMap((entry) => entryOf(entry) ?? []));
    if (found.length < size) break;
  }
  return { kind: 'answer', value: entries };
}

/** What a reply says. What will do later is looked at before the body's word that it failed. */
function answerIn(reply: Reply): Answer<unknown> {
  const { status, text, isComplete } = reply;
  const { isJson, errorCode, errorMessage, isFailure } = parseReply(isComplete ? text : '');
  const said = [errorCode, errorMessage].filter(Boolean).join(': ');
  const reason = said === '' ? `HTTP ${status}` : `${said} (HTTP ${status})`;
  const outcome = judge(reply);
  if (outcome.kind === 'held' && outcome.hold === 'login') return { kind: 'refused', reason };
  if (outcome.kind === 'retry') return { kind: 'unreachable', reason, afterMs: outcome.afterMs };
  if (status >= 200 && status < 300) {
    if (isJson && !isFailure) return { kind: 'answer', value: resultIn(text) };
    if (errorCode !== null) return { kind: 'forbidden', status, reason };
    return {
      kind: 'unreachable',
      reason: t`the answer of the service was not understood: ${reason}`,
      afterMs: retryAfterMs(reply),
    };
  }
  if (status >= 400 && status < 500) return { kind: 'forbidden', status, reason };
  return { kind: 'unreachable', reason, afterMs: retryAfterMs(reply) };
}

function resultIn(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return isRecord(value) && 'result' in value ? value['result'] : value;
}
