import { createHash, createHmac } from 'node:crypto';
import { unescapeUrl } from '../core/unescape-url.ts';

/** An access key, permanent or temporary; a temporary one has a security token. */
export interface AccessKey {
  readonly ak: string;
  readonly sk: string;
  readonly securityToken: string | null;
}

/** A request that is signed, or whose signature is checked. */
export interface Signable {
  readonly method: string;
  readonly url: string;
  /** Lower-case names; those of `signed` must be there. */
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly what is sent. */
  readonly body: string;
}

const ALGORITHM = 'SDK-HMAC-SHA256';

/**
 * The headers that prove who sends a request, in Huawei Cloud's signature version 1: `x-sdk-date`, with a temporary
 * key `x-security-token`, and `authorization`, which signs them, the host, and the project if one is named.
 *
 * @param at milliseconds since 1970; the service refuses a signature that is more than 15 minutes off
 * @see codearts-api.md section 3
 */
export function signatureHeaders(request: Signable, key: AccessKey, at: number): Record<string, string> {
  const added: Record<string, string> = { 'x-sdk-date': sdkDate(at) };
  if (key.securityToken !== null) added['x-security-token'] = key.securityToken;
  const headers = { ...request.headers, ...added, host: new URL(request.url).host };
  const signed = ['host', 'x-project-id', 'x-sdk-date', 'x-security-token'].filter((name) => name in headers);
  const signature = signatureOf({ ...request, headers }, signed, key.sk);
  return {
    ...added,
    authorization: `${ALGORITHM} Access=${key.ak}, SignedHeaders=${signed.join(';')}, Signature=${signature}`,
  };
}

/** The signature alone, hexadecimal; the date is that of the header `x-sdk-date`. */
export function signatureOf(request: Signable, signed: readonly string[], sk: string): string {
  const names = signed.map((name) => name.toLowerCase()).sort();
  const { pathname, search } = new URL(request.url);
  const canonical = [
    request.method.toUpperCase(),
    canonicalPath(pathname),
    canonicalQuery(search),
    names.map((name) => `${name}:${(request.headers[name] ?? '').trim()}\n`).join(''),
    names.join(';'),
    sha256(request.body),
  ].join('\n');
  const toSign = [ALGORITHM, request.headers['x-sdk-date'] ?? '', sha256(canonical)].join('\n');
  return createHmac('sha256', sk).update(toSign).digest('hex');
}

/** `YYYYMMDDTHHMMSSZ`. */
function sdkDate(at: number): string {
  return new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function canonicalPath(path: string): string {
  const escaped = path
    .split('/')
    .map((segment) => escape(unescapeUrl(segment)))
    .join('/');
  return escaped.endsWith('/') ? escaped : `${escaped}/`;
}

function canonicalQuery(search: string): string {
  return search
    .slice(1)
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [unescapeUrl(key), unescapeUrl(value.join('='))] as const;
    })
    .sort(([keyA, a], [keyB, b]) => compare(keyA, keyB) || compare(a, b))
    .map(([key, value]) => `${escape(key)}=${escape(value)}`)
    .join('&');
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** RFC 3986: all but the unreserved characters. */
function escape(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
