import { unescapeUrl } from '../core/unescape-url.ts';

/** How a request gets to its host, where that is not straight away with what node trusts. */
export interface Route {
  readonly proxy: Proxy | null;
  /** All the certificates that are trusted; null: node's own. */
  readonly ca: readonly string[] | null;
  /** False: whoever answers is believed. */
  readonly isVerified: boolean;
  /** Bytes of reply headers at most; null: node's 16 KiB. */
  readonly maxHeaderBytes: number | null;
}

/** An http proxy. */
export interface Proxy {
  /** `http://host:port`, without the user. */
  readonly url: string;
  /** What it is sent as `Proxy-Authorization`; null: nothing. */
  readonly authorization: string | null;
  /** `host:port`, for people. */
  readonly name: string;
}

const SCHEME = /^(?<scheme>[a-z0-9+.-]+):\/\//i;
/** The user is all before the last `@`: passwords are often written down as they are. */
const ADDRESS = /^(?:(?<user>.*)@)?(?<host>[^/?#@]+)\/?$/s;

/** Where a proxy listens that is named without a port, by curl, and so by git: curl(1), `--proxy`. */
const PORTS = { http: '1080', https: '443' } as const;

/** Reads a proxy as people write it: `host:port`, `http://user:password@host:port`. Null: of no kind that is known. */
export function parseProxy(text: string): Proxy | null {
  const scheme = SCHEME.exec(text)?.groups?.['scheme']?.toLowerCase() ?? 'http';
  const { user, host } = ADDRESS.exec(text.replace(SCHEME, ''))?.groups ?? {};
  if (host === undefined || (scheme !== 'http' && scheme !== 'https')) return null;
  let url: URL;
  try {
    url = new URL(`${scheme}://${host}`);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
  // Not by the URL, which has none for `http://host:80` either.
  if (!/:\d+$/.test(host)) url.port = PORTS[scheme];
  const name = url.port === '' ? `${url.hostname}:${scheme === 'https' ? 443 : 80}` : url.host;
  return { url: url.origin, authorization: user === undefined ? null : basic(user), name };
}

function basic(user: string): string {
  const [name = '', ...password] = user.split(':');
  return `Basic ${Buffer.from(`${unescapeUrl(name)}:${unescapeUrl(password.join(':'))}`).toString('base64')}`;
}

/** The proxy that an environment names for https, as curl reads it; null: none. */
export function proxyOfEnv(env: Readonly<Record<string, string | undefined>>): string | null {
  const names = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
  for (const name of names) if (env[name]) return env[name];
  return null;
}

/**
 * Whether a host is to be reached without a proxy, by `NO_PROXY`: names with all below them, with or without a
 * dot or `*.` in front, `host:port`, addresses, `*` for all.
 */
export function isWithoutProxy({ hostname, port, protocol }: URL, noProxy: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const actualPort = port || (protocol === 'https:' ? '443' : '80');
  return noProxy.split(/[\s,]+/).some((entry) => {
    if (entry === '*') return true;
    // An address of version 6 without brackets has no port.
    const isAddress = /^[^[]*:[^[]*:/.test(entry);
    const pattern = isAddress ? /^(.+)$/ : /^(?:\*?\.)?(.+?)(?::(\d+))?$/;
    const [, name = '', wanted] = pattern.exec(entry.toLowerCase()) ?? [];
    const bare = name.replace(/^\[|\]$/g, '');
    if (bare === '' || (wanted !== undefined && wanted !== actualPort)) return false;
    return host === bare || host.endsWith(`.${bare}`);
  });
}
