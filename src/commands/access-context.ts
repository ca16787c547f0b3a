import type { AuthorizerContext } from '../codearts/authorize.ts';
import type { Held } from '../codearts/choose-proof.ts';
import { type CredentialSource, credentialSource } from '../codearts/credential-source.ts';
import { type Endpoint, resolveEndpoint } from '../codearts/endpoint.ts';
import type { Target } from '../codearts/find-credentials.ts';
import { readPreferences } from '../config/preferences.ts';
import { foreignHosts, isTrusted } from '../config/trust.ts';
import { t } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import { isNowhere } from '../platform/repository.ts';
import { plainText } from '../ui/plain-text.ts';
import type { CommandContext } from './define.ts';
import { type RepositoryState, readState } from './repository-state.ts';

/** Where a command's requests go, in a repository or out of one. */
export interface AccessPlace {
  /** Null: it was called outside of a repository. */
  readonly state: RepositoryState | null;
  readonly endpoint: Endpoint;
  /** Null: the endpoint is not known. */
  readonly target: Target | null;
}

/** Finds it. @param region what the user has named, before all else */
export async function accessPlace(
  context: CommandContext,
  region: string | null = null,
): Promise<AccessPlace> {
  const state = await stateOrNull(context);
  const { env } = context.effects;
  const endpoint =
    region === null
      ? (state?.endpoint ?? resolveEndpoint(null, env))
      : resolveEndpoint({ region }, { ...env, CODEARTS_HOOKS_REGION: region });
  return { state, endpoint, target: targetOf(endpoint) };
}

/** The target of an endpoint; null where there is none. */
export function targetOf(endpoint: Endpoint): Target | null {
  if (endpoint.kind === 'none') return null;
  return { endpoint: endpoint.url, iamUrl: endpoint.iamUrl, region: endpoint.region };
}

/**
 * The host of a stranger that the config of a place names, and that nobody has approved: it gets no credentials. Null:
 * there is none.
 */
export async function strangerIn({ state }: Pick<AccessPlace, 'state'>, env: Env): Promise<string | null> {
  const subject = state?.subject ?? null;
  if (subject === null) return null;
  const [stranger] = foreignHosts(subject, env, await readPreferences(env));
  return stranger === undefined || (await isTrusted(subject, env)) ? null : stranger;
}

/** What is said of one. */
export function strangerWords(stranger: string): string {
  return t`the config names ${plainText(stranger)}, which is not Huawei Cloud's and not approved here`;
}

/** Where credentials for a place are from, and whose they are; a stranger's host has none. */
export async function sourceAt(
  place: AccessPlace,
  context: CommandContext,
): Promise<CredentialSource | Held> {
  const stranger = await strangerIn(place, context.effects.env);
  if (stranger !== null) return { kind: 'held', hold: 'endpoint', reason: strangerWords(stranger) };
  if (place.target === null) return { kind: 'held', hold: 'endpoint', reason: t`no endpoint is known` };
  return await credentialSource(place.target, await accessContext(place, context));
}

/** What access to a place takes. What the environment has is not for a stranger's host, whoever asks. */
export async function accessContext(
  place: AccessPlace,
  { effects, say }: CommandContext,
): Promise<AuthorizerContext> {
  const { env, clock } = effects;
  const { state, target } = place;
  const own = (await strangerIn(place, env)) === null ? target : null;
  return {
    env,
    clock,
    preferences: await readPreferences(env),
    own: { endpoint: own?.endpoint ?? null, iamUrl: own?.iamUrl ?? null },
    git: state?.git ?? null,
    log: async (line) => say(line),
  };
}

async function stateOrNull(context: CommandContext): Promise<RepositoryState | null> {
  try {
    return await readState(context);
  } catch (error) {
    if (isNowhere(error)) return null;
    throw error;
  }
}
