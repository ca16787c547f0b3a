import { isRecord } from '../core/record.ts';
import type { HttpResult } from '../platform/http.ts';
import { REFUSED_BEFORE } from './outcome.ts';
import { parseReply } from './reply.ts';
import { retryAfterMs } from './retry-after.ts';

/** Why the service's word on something could not be had. */
export type ReadFailure =
  /** The credentials were refused. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** This user may not read it, or there is no such thing. */
  | { readonly kind: 'forbidden'; readonly reason: string; readonly status?: number }
  /** Not now; to be asked again, not before `afterMs`. */
  | { readonly kind: 'unreachable'; readonly reason: string; readonly afterMs: number };

/** The `result` of a reading call, or why there is none. */
export type ReadResult =
  | {
      readonly kind: 'result';
      readonly result: Readonly<Record<string, unknown>>;
      readonly headers: Readonly<Record<string, string>>;
    }
  | ReadFailure;

/** What is said of something that could not be read. */
export interface ReadWords {
  readonly unread: (code: string) => string;
  /** @param what the service's code and message; '' when it gave none */
  readonly answers: (what: string, status: number) => string;
}

/** Judges the answer to a call that only reads: all of them answer `{"result": {...}, "status": "success"}`. */
export function readResult(result: HttpResult, words: ReadWords): ReadResult {
  if (result.kind === 'failed') {
    const reason = words.unread(result.code);
    return result.code === REFUSED_BEFORE
      ? { kind: 'refused', reason }
      : { kind: 'unreachable', reason, afterMs: 0 };
  }
  const { status, text, isComplete, headers } = result;
  const { errorCode, errorMessage, isFailure } = parseReply(text);
  const said = [errorCode, errorMessage?.slice(0, 200)].filter(Boolean).join(': ');
  const reason = words.answers(said, status);
  if (status === 401 || errorCode === 'APIGW.0301' || errorCode === 'APIGW.0307') {
    return { kind: 'refused', reason };
  }
  const found = isComplete && status === 200 && !isFailure ? resultIn(text) : null;
  if (found) return { kind: 'result', result: found, headers };
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) {
    return { kind: 'forbidden', reason, status };
  }
  return { kind: 'unreachable', reason, afterMs: retryAfterMs(result) };
}

/** What is under `result`; null when the text is no JSON, or has none. */
function resultIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    const result = isRecord(value) ? value['result'] : null;
    return isRecord(result) ? result : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
