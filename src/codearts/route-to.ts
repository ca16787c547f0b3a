import type { Preferences } from '../config/preferences.ts';
import { t, translated } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import type { Git } from '../platform/git.ts';
import { parseConfig } from '../platform/git-config.ts';
import { type Route, isWithoutProxy, parseProxy, proxyOfEnv } from '../platform/route.ts';
import { isLoopback } from './endpoint.ts';

const CA_INFO = 'http.sslcainfo';

/** Who has a say in how a host is reached. */
export interface RouteSources {
  readonly env: Env;
  readonly preferences: Preferences;
  /** git's own settings of a place; null: none are asked. */
  readonly git: Pick<Git, 'run'> | null;
}

/** The way to a host. `route` null: straight away. `broken`: the user has named something that cannot be used. */
export type WayTo =
  | { readonly kind: 'way'; readonly route: Route | null; readonly proxySource: string | null }
  | { readonly kind: 'broken'; readonly reason: string };

/**
 * How requests get to a URL: by the proxy of the user's preferences, else of git (`http.proxy`), else of the
 * environment; with the CAs that the user and git name; unchecked only for `insecure-hosts`. If git can reach a
 * host, so can we. What stays on this machine goes by no proxy.
 */
export async function routeTo(url: string, { env, preferences, git }: RouteSources): Promise<WayTo> {
  const target = new URL(url);
  if (target.protocol === 'http:') return { kind: 'way', route: null, proxySource: null };
  const settings = git === null ? new Map<string, string>() : await gitHttpSettings(url, git);
  const found = proxyFor(target, settings, { env, preferences });
  const proxy = found && parseProxy(found.text);
  if (found && !proxy) {
    const reason = t`the proxy of ${found.source} is of no kind that is known; it must be http://host:port`;
    return { kind: 'broken', reason };
  }
  const ca = await trustedBy(caFiles(settings, { env, preferences }), env);
  if (ca !== null && 'reason' in ca) return { kind: 'broken', reason: ca.reason };
  const isVerified = !isInsecure(target, preferences);
  const isPlain = proxy === null && ca === null && isVerified && env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0';
  const route: Route = { proxy, ca: ca?.pems ?? null, isVerified, maxHeaderBytes: null };
  return { kind: 'way', route: isPlain ? null : route, proxySource: proxy && (found?.source ?? null) };
}

/** Whether the user has chosen not to check who answers for this host. */
function isInsecure({ host }: URL, preferences: Preferences): boolean {
  return preferences['insecure-hosts'].some((each) => each.toLowerCase() === host);
}

function proxyFor(
  target: URL,
  settings: ReadonlyMap<string, string>,
  { env, preferences }: Pick<RouteSources, 'env' | 'preferences'>,
): { readonly text: string; readonly source: string } | null {
  if (isLoopback(target.href) || isWithoutProxy(target, env['no_proxy'] || env['NO_PROXY'] || ''))
    return null;
  const named: readonly (readonly [source: string, text: string | null])[] = [
    [t`the user’s config.json`, preferences.proxy],
    ['git config http.proxy', settings.get('http.proxy') ?? null],
    [t`the environment`, proxyOfEnv(env)],
  ];
  const [source, text] = named.find(([, each]) => each !== null) ?? ['', null];
  // An empty one says that there is none, whatever the others say.
  return text === null || text === '' ? null : { text, source };
}

function caFiles(
  settings: ReadonlyMap<string, string>,
  { env, preferences }: Pick<RouteSources, 'env' | 'preferences'>,
): string[] {
  const named = [preferences['ca-file'], env['GIT_SSL_CAINFO'] || (settings.get(CA_INFO) ?? null)];
  return named.filter((path): path is string => path !== null && path !== '');
}

async function trustedBy(
  files: readonly string[],
  env: Env,
): Promise<{ readonly pems: readonly string[] } | { readonly reason: string } | null> {
  if (files.length === 0) return null;
  const { certificatesOf } = await import('../platform/certificates.ts');
  const found = await certificatesOf(files, env);
  if (found.kind === 'certificates') return { pems: found.pems };
  return { reason: t`the CA file ${found.path} ${translated(found.why)}` };
}

/** git's `http.*` for a URL: what is set for its host comes before what is set for all. */
async function gitHttpSettings(url: string, git: Pick<Git, 'run'>): Promise<Map<string, string>> {
  const { stdout } = await git.run(['config', '-z', '--get-urlmatch', 'http', url]);
  const settings = new Map(parseConfig(stdout, false).map(({ key, value }) => [key, value ?? 'true']));
  // As a path it is asked for by itself, and only where that makes a difference: it takes another git.
  if (/^(?:~|%\(prefix\))/.test(settings.get(CA_INFO) ?? '')) {
    const asked = await git.run(['config', '-z', '--type=path', '--get-urlmatch', CA_INFO, url]);
    if (asked.exitCode === 0) settings.set(CA_INFO, asked.stdout.replace(/\0$/, ''));
  }
  return settings;
}
