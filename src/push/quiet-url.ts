import { stripUrl } from '../core/redact.ts';
import type { Env } from '../platform/effects.ts';
import { unescapeUrl } from '../core/unescape-url.ts';

/** A URL that may be on a command line, and the environment in which git has the rest of it. */
export interface QuietUrl {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
}

const WITH_USER = /^https?:\/\/(?<user>[^/]*)@/;

/**
 * Takes the user and the password of an http URL off the command line, which everybody on the machine can read:
 * git gets them as configuration, by the environment. A user alone stays the one that its credential helpers are
 * asked for.
 */
export function quietUrl(url: string, env: Env): QuietUrl {
  const user = WITH_USER.exec(url)?.groups?.['user'];
  if (user === undefined) return { url, env: {} };
  const bare = stripUrl(url);
  const end = user.indexOf(':');
  if (end < 0) return { url: bare, env: config(`credential.${bare}.username`, unescapeUrl(user), env) };
  const account = `${unescapeUrl(user.slice(0, end))}:${unescapeUrl(user.slice(end + 1))}`;
  const header = `Authorization: Basic ${Buffer.from(account).toString('base64')}`;
  return { url: bare, env: config(`http.${bare}.extraHeader`, header, env) };
}

/** One setting more than the environment has already. @see git-config(1), "GIT_CONFIG_COUNT" */
function config(key: string, value: string, env: Env): Record<string, string> {
  const count = Number(env['GIT_CONFIG_COUNT'] ?? '0') || 0;
  return {
    GIT_CONFIG_COUNT: String(count + 1),
    [`GIT_CONFIG_KEY_${count}`]: key,
    [`GIT_CONFIG_VALUE_${count}`]: value,
  };
}
