import type { Env } from '../platform/effects.ts';

/** Where the requests of a repository go. */
export type Endpoint =
  | {
      readonly kind: 'endpoint';
      /** `https://host`, no path; http only on loopback and only from the environment. */
      readonly url: string;
      readonly region: string | null;
      /** Whether the host is one of Huawei Cloud's for CodeArts Build; another needs `trust`. */
      readonly isHuawei: boolean;
    }
  | { readonly kind: 'none'; readonly reason: string };

const HUAWEI = [
  /^cloudbuild-ext\.[a-z0-9-]+\.myhuaweicloud\.com$/,
  /^devcloud\.[a-z0-9-]+\.myhuaweicloud\.com$/,
  /^build-backend\.eu-west-101\.myhuaweicloud\.eu$/,
];
const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** The host of CodeArts Build in a region, codearts-api.md section 2. */
export function hostOfRegion(region: string): string {
  return region === 'eu-west-101'
    ? `build-backend.${region}.myhuaweicloud.eu`
    : `cloudbuild-ext.${region}.myhuaweicloud.com`;
}

/**
 * The endpoint by the user's environment, then by the committed config. A malformed one is no endpoint: it is
 * not guessed at.
 */
export function resolveEndpoint(
  config: { readonly region?: string | undefined; readonly endpoint?: string | undefined } | null,
  env: Env,
): Endpoint {
  const region = env['CODEARTS_HOOKS_REGION'] || (config?.region ?? null);
  const fromEnv = env['CODEARTS_HOOKS_ENDPOINT'];
  if (fromEnv) return parseEndpoint(fromEnv, region, { isFromUser: true });
  if (!env['CODEARTS_HOOKS_REGION'] && config?.endpoint) {
    return parseEndpoint(config.endpoint, region, { isFromUser: false });
  }
  if (region === null) return { kind: 'none', reason: 'no region and no endpoint is set' };
  if (!/^[a-z0-9-]+$/.test(region))
    return { kind: 'none', reason: `${JSON.stringify(region)} is not a region` };
  return { kind: 'endpoint', url: `https://${hostOfRegion(region)}`, region, isHuawei: true };
}

function parseEndpoint(
  text: string,
  region: string | null,
  { isFromUser }: { isFromUser: boolean },
): Endpoint {
  const none = (why: string): Endpoint => ({ kind: 'none', reason: `the endpoint ${why}` });
  let url: URL;
  try {
    url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  } catch {
    return none('is not a URL');
  }
  if (url.username || url.password) return none('holds a user or a password');
  if (url.pathname !== '/' || url.search || url.hash) return none('has more than a host');
  const isLoopback = LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback && isFromUser)) {
    return none('must be https');
  }
  if (!isFromUser && (isLoopback || url.port !== '' || /^[\d.]+$|^\[/.test(url.hostname))) {
    return none('in a committed file must be a host name with the default port');
  }
  const isHuawei = url.port === '' && HUAWEI.some((host) => host.test(url.hostname));
  return { kind: 'endpoint', url: url.origin, region, isHuawei };
}
