import type { Preferences } from '../config/preferences.ts';
import { isBuildHost, isIamHost } from '../config/regions.ts';
import { hideSecret } from '../core/known-secrets.ts';
import { t } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import { type CredentialSet, type Lookup, secretsIn } from './credential-set.ts';
import { envCredentials } from './env-credentials.ts';

/** Where a request goes, as an event has it frozen. */
export interface Target {
  /** `https://host` of CodeArts Build. */
  readonly endpoint: string;
  /** The same of IAM; null: none is known. */
  readonly iamUrl: string | null;
  readonly region: string | null;
}

/** What finding credentials takes. */
export interface CredentialContext {
  readonly env: Env;
  readonly preferences: Preferences;
  /** Where this process's environment and config point to: the secrets of its environment go nowhere else. */
  readonly own: Pick<Target, 'iamUrl'> & { readonly endpoint: string | null };
  /** Credentials that are being tried: no others are looked for. */
  readonly only?: CredentialSet;
}

/**
 * The credentials that may be sent to a target, in the order in which they count (design.md section 8): environment,
 * `credential-command`, what `login` has stored, the profile of Huawei Cloud's SDKs. Each place is looked at only
 * when the ones before have not been enough; something broken ends the list, as its user meant it to be taken.
 */
export async function* credentialSets(
  target: Target,
  context: CredentialContext,
): AsyncGenerator<Exclude<Lookup, { kind: 'none' }>> {
  for await (const { lookup, mayAskIam } of places(target, context)) {
    if (lookup.kind === 'none') continue;
    if (lookup.kind === 'broken') {
      yield lookup;
      return;
    }
    for (const secret of secretsIn(lookup.set)) hideSecret(secret);
    const set: CredentialSet = mayAskIam ? lookup.set : { ...lookup.set, user: null };
    if (set.key ?? set.token ?? set.user) yield { kind: 'found', set };
  }
}

/** Why there are none, for the user. */
export function whyNone({ endpoint }: Target, { env, own }: CredentialContext): string {
  const inEnv = envCredentials(env).find(({ kind }) => kind === 'found');
  if (inEnv?.kind === 'found' && own.endpoint !== endpoint) {
    const { source } = inEnv.set;
    return own.endpoint === null
      ? t`no credentials for ${endpoint}: those of ${source} are for no endpoint`
      : t`no credentials for ${endpoint}: those of ${source} are for ${own.endpoint}`;
  }
  return t`no credentials for ${new URL(endpoint).host}`;
}

interface Place {
  readonly lookup: Lookup;
  /** Whether a password from there may be sent to the target's IAM. */
  readonly mayAskIam: boolean;
}

async function* places(target: Target, context: CredentialContext): AsyncGenerator<Place> {
  const { env, preferences, own, only } = context;
  if (only) {
    yield { lookup: { kind: 'found', set: only }, mayAskIam: true };
    return;
  }
  const isOwn = own.endpoint === target.endpoint;
  const isOwnIam = target.iamUrl !== null && own.iamUrl === target.iamUrl;
  if (isOwn) for (const lookup of envCredentials(env)) yield { lookup, mayAskIam: isOwnIam };
  const host = new URL(target.endpoint).host;
  const iamHost = target.iamUrl === null ? null : new URL(target.iamUrl).host;
  // Of these nobody has said for which host they are: for Huawei Cloud's, and for those that the user names himself.
  const isNamed = (name: string): boolean =>
    preferences['allowed-endpoints'].some((each) => each.toLowerCase() === name);
  const isForAll = isBuildHost(host) || isNamed(host) || (isOwn && Boolean(env['CODEARTS_HOOKS_ENDPOINT']));
  const mayAskIam =
    iamHost !== null &&
    (isIamHost(iamHost) || isNamed(iamHost) || (isOwnIam && Boolean(env['CODEARTS_HOOKS_IAM_ENDPOINT'])));
  const command = preferences['credential-command'];
  if (isForAll && command !== null) {
    const { commandCredentials } = await import('./command-credentials.ts');
    yield { lookup: await commandCredentials(command, host, env), mayAskIam };
  }
  const { storedCredentials } = await import('./stored-credentials.ts');
  yield { lookup: await storedCredentials({ host, iamHost }, env), mayAskIam: true };
  if (!isForAll) return;
  const { sdkCredentials } = await import('./sdk-credentials.ts');
  yield { lookup: await sdkCredentials(env), mayAskIam };
}
