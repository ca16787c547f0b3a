import { isRecord, stringAt } from '../core/record.ts';
import { stored } from '../core/translate.ts';
import type { Clock } from '../platform/effects.ts';
import type { HttpResult } from '../platform/http.ts';
import { send } from '../platform/http.ts';
import type { Route } from '../platform/route.ts';
import type { IamUser } from './credential-set.ts';
import { parseReply } from './reply.ts';
import { retryAfterMs } from './retry-after.ts';
import { userAgent } from './trigger.ts';
import { whyUnreachable } from './unreachable.ts';

/** A token of IAM. */
export interface Token {
  readonly token: string;
  /** Milliseconds since 1970, by our clock. */
  readonly expiresAt: number;
}

/** What asking for one came to. */
export type TokenResult =
  | { readonly kind: 'token'; readonly token: Token }
  /** The user or the password is wrong: asked again, IAM locks the user. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** It will be no better the next time. */
  | { readonly kind: 'impossible'; readonly hold: 'config' | 'permission' | 'login'; readonly reason: string }
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number };

/** Tokens are of 8 to 9 KB, those of users with many roles are longer than the 16 KiB that node takes. */
const HEADER_LIMIT = 128 * 1024;
const PLAIN: Route = { proxy: null, ca: null, isVerified: true, maxHeaderBytes: null };
/** IAM's own; the documentation says 24 hours. */
const DEFAULT_LIFETIME_MS = 23 * 3_600_000;

/**
 * Asks IAM for a token of one project, which is what CodeArts Build wants: a global one is refused
 * (codearts-api.md section 3). The project is that of the region, whose name it has.
 */
export async function fetchToken(
  { iamUrl, region, user }: { readonly iamUrl: string; readonly region: string; readonly user: IamUser },
  { route, clock }: { readonly route: Route | null; readonly clock: Clock },
): Promise<TokenResult> {
  const password = { user: { name: user.name, password: user.password, domain: { name: user.domain } } };
  const result = await send(
    {
      method: 'POST',
      url: `${iamUrl}/v3/auth/tokens?nocatalog=true`,
      headers: { 'content-type': 'application/json', 'user-agent': userAgent() },
      body: JSON.stringify({
        auth: {
          identity: { methods: ['password'], password },
          scope: { project: { name: region } },
        },
      }),
    },
    { route: { ...(route ?? PLAIN), maxHeaderBytes: HEADER_LIMIT } },
  );
  return judgeToken(result, clock.now());
}

function judgeToken(result: HttpResult, now: number): TokenResult {
  if (result.kind === 'failed') {
    return { kind: 'later', reason: whyUnreachable('IAM', result), afterMs: 0 };
  }
  const { status, headers, text } = result;
  const token = headers['x-subject-token'] ?? '';
  if (status === 201 && /^[\x21-\x7e]+$/.test(token)) {
    return { kind: 'token', token: { token, expiresAt: expiryOf(result, now) } };
  }
  const { errorCode, errorMessage } = parseReply(text);
  const said = (errorMessage ?? '').slice(0, 200);
  const reason =
    said === '' ? stored`IAM answers (HTTP ${status})` : stored`IAM answers ${said} (HTTP ${status})`;
  if (status === 201) return { kind: 'later', reason: stored`${reason}, without a token`, afterMs: 0 };
  if (status === 401) return { kind: 'refused', reason };
  if (status >= 300 && status < 400) return { kind: 'impossible', hold: 'config', reason };
  if (status === 408 || status === 425 || status === 429 || status >= 500 || errorCode === 'APIGW.0308') {
    return { kind: 'later', reason, afterMs: retryAfterMs(result) };
  }
  return { kind: 'impossible', hold: status === 403 ? 'permission' : 'login', reason };
}

/** By our clock, which may be wrong: the reply has the time of IAM in it. */
function expiryOf({ text, headers }: Extract<HttpResult, { kind: 'reply' }>, now: number): number {
  let expiresAt = Number.NaN;
  try {
    const value: unknown = JSON.parse(text);
    expiresAt = Date.parse(stringAt(isRecord(value) ? value['token'] : null, 'expires_at') ?? '');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error; // a body without a date: the documented lifetime it is
  }
  const iamNow = Date.parse(headers['date'] ?? '');
  const lifetime = expiresAt - (Number.isNaN(iamNow) ? now : iamNow);
  return now + (lifetime > 0 ? lifetime : DEFAULT_LIFETIME_MS);
}
