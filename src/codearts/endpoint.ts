import { buildHostOf, iamHostOf, isBuildHost, isIamHost, regionOfHost } from '../config/regions.ts';
import { t } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import { codeArtsRemote } from './remote.ts';

/** Where the requests of a repository go. */
export type Endpoint =
  | {
      readonly kind: 'endpoint';
      /** `https://host`, no path; http only on loopback and only from the environment. */
      readonly url: string;
      /** Where tokens come from, in the same form; null while no region and no `iam-endpoint` tells. */
      readonly iamUrl: string | null;
      readonly region: string | null;
      /** Whether both hosts are Huawei Cloud's; others need `trust`. */
      readonly isHuawei: boolean;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** The keys of a committed config that say where requests go. */
export interface EndpointKeys {
  readonly region?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly 'iam-endpoint'?: string | undefined;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/**
 * The endpoints by the user's environment, then by the committed config, then by a remote of CodeArts Repo, whose
 * address has the region in it. A malformed one is no endpoint: it is not guessed at.
 *
 * @param remoteUrl the URL of the repository's origin; null when there is none
 */
export function resolveEndpoint(
  config: EndpointKeys | null,
  env: Env,
  remoteUrl: string | null = null,
): Endpoint {
  const named =
    env['CODEARTS_HOOKS_REGION'] || config?.region || codeArtsRemote(remoteUrl ?? '')?.region || null;
  const build = buildEndpoint(config, env, named);
  if ('reason' in build) return { kind: 'none', reason: build.reason };
  const region = named ?? regionOfHost(new URL(build.url).host);
  const iam = iamEndpoint(config, env, region);
  if (iam !== null && 'reason' in iam) return { kind: 'none', reason: iam.reason };
  const isHuawei = isBuildHost(new URL(build.url).host) && (iam === null || isIamHost(new URL(iam.url).host));
  return { kind: 'endpoint', url: build.url, iamUrl: iam?.url ?? null, region, isHuawei };
}

/** Whether requests to a URL stay on this machine. */
export function isLoopback(url: string): boolean {
  return LOOPBACK.test(new URL(url).hostname);
}

type Parsed = { readonly url: string } | { readonly reason: string };

function buildEndpoint(config: EndpointKeys | null, env: Env, region: string | null): Parsed {
  const fromEnv = env['CODEARTS_HOOKS_ENDPOINT'];
  if (fromEnv) return parseUrl('endpoint', fromEnv, { isFromUser: true });
  if (!env['CODEARTS_HOOKS_REGION'] && config?.endpoint) {
    return parseUrl('endpoint', config.endpoint, { isFromUser: false });
  }
  if (region === null) return { reason: t`no region and no endpoint is set` };
  if (!/^[a-z0-9-]+$/.test(region)) return { reason: t`${JSON.stringify(region)} is not a region` };
  return { url: `https://${buildHostOf(region)}` };
}

function iamEndpoint(config: EndpointKeys | null, env: Env, region: string | null): Parsed | null {
  const fromEnv = env['CODEARTS_HOOKS_IAM_ENDPOINT'];
  if (fromEnv) return parseUrl('iam-endpoint', fromEnv, { isFromUser: true });
  const fromConfig = config?.['iam-endpoint'];
  if (fromConfig) return parseUrl('iam-endpoint', fromConfig, { isFromUser: false });
  return region !== null && /^[a-z0-9-]+$/.test(region) ? { url: `https://${iamHostOf(region)}` } : null;
}

function parseUrl(key: string, text: string, { isFromUser }: { isFromUser: boolean }): Parsed {
  let url: URL;
  try {
    url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`);
  } catch {
    return { reason: t`the ${key} is not a URL` };
  }
  if (url.username || url.password) return { reason: t`the ${key} holds a user or a password` };
  if (url.pathname !== '/' || url.search || url.hash) return { reason: t`the ${key} has more than a host` };
  const isLocal = LOOPBACK.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal && isFromUser)) {
    return { reason: t`the ${key} must be https` };
  }
  if (!isFromUser && (isLocal || url.port !== '' || /^[\d.]+$|^\[/.test(url.hostname))) {
    return { reason: t`the ${key} in a committed file must be a host name with the default port` };
  }
  return { url: url.origin };
}
