import type { AuthorizerContext } from '../codearts/authorize.ts';
import { type Endpoint, resolveEndpoint } from '../codearts/endpoint.ts';
import type { Target } from '../codearts/find-credentials.ts';
import { readPreferences } from '../config/preferences.ts';
import { isNowhere } from '../platform/repository.ts';
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

/** What access to a place takes. */
export async function accessContext(
  { state, target }: AccessPlace,
  { effects, say }: CommandContext,
): Promise<AuthorizerContext> {
  const { env, clock } = effects;
  return {
    env,
    clock,
    preferences: await readPreferences(env),
    own: { endpoint: target?.endpoint ?? null, iamUrl: target?.iamUrl ?? null },
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
