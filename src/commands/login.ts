import { makeAuthorizer } from '../codearts/authorize.ts';
import { type CredentialSet, secretsIn } from '../codearts/credential-set.ts';
import { envCredentials } from '../codearts/env-credentials.ts';
import type { Target } from '../codearts/find-credentials.ts';
import { Refusals } from '../codearts/refusals.ts';
import { storeCredentials } from '../codearts/stored-credentials.ts';
import { iamPlace } from '../codearts/token-for.ts';
import { forgetTokens } from '../codearts/token-cache.ts';
import { verifyAccess } from '../codearts/verify-access.ts';
import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { hideSecret } from '../core/known-secrets.ts';
import { t } from '../core/translate.ts';
import { type AccessPlace, accessContext, accessPlace, strangerIn, strangerWords } from './access-context.ts';
import { approveInteractively } from './approve.ts';
import { askCredentials } from './ask-credentials.ts';
import { deliverInBackground } from './ask.ts';
import type { CommandContext, Run } from './define.ts';
import { warning } from './warning.ts';

/** `login`: takes credentials, asks the service whether it takes them, and stores them for its host. */
export const login: Run = async (_args, options, context) => {
  const region = typeof options['region'] === 'string' ? options['region'] : null;
  const place = await accessPlace(context, region);
  const target = await wantTarget(place, context);
  const host = new URL(target.endpoint).host;
  const isApproved = place.state?.subject ? await approveInteractively(place.state, false, context) : true;
  const set = await askCredentials(options['stdin'] === true, context);
  if (set === null) return ExitCode.Interrupted;
  for (const secret of secretsIn(set)) hideSecret(secret);
  if (set.user !== null && target.iamUrl === null)
    throw noRegion(t`a password is for a token, and that for a region`);
  if (options['verify'] !== false) await verify(set, { place, target }, context);
  await store(set, target, context);
  warnOfEnv(context);
  if (place.state?.isInstalled && isApproved) await deliverInBackground(place.state, context);
  context.say(`${context.paintError('green', '✓')} ${t`logged in to ${host}`}`);
  return ExitCode.Ok;
};

/** Where they are for. Nothing is asked for before it is certain that it is no host of a stranger's. */
export async function wantTarget(
  { state, endpoint, target }: AccessPlace,
  context: CommandContext,
): Promise<Target> {
  if (endpoint.kind === 'none' || target === null)
    throw noRegion(endpoint.kind === 'none' ? endpoint.reason : '');
  const stranger = await strangerIn({ state }, context.effects.env);
  if (stranger === null) return target;
  throw new UserError('untrusted', strangerWords(stranger), {
    hint: t`codearts-hooks trust shows it and asks`,
  });
}

function noRegion(reason: string): UserError {
  return new UserError('usage', reason, { hint: 'codearts-hooks login --region cn-north-4' });
}

async function verify(
  set: CredentialSet,
  { place, target }: { readonly place: AccessPlace; readonly target: Target },
  context: CommandContext,
): Promise<void> {
  const authorizer = makeAuthorizer({ ...(await accessContext(place, context)), only: set });
  const jobId = place.state?.loaded.config?.jobs[0]?.id ?? null;
  const verdict = await verifyAccess(await authorizer.access(target), target, jobId);
  if (verdict.kind === 'refused') {
    throw new UserError('login-failed', verdict.reason, {
      hint: t`nothing was stored; check what you pasted, and that the key is of this account and enabled`,
    });
  }
  if (verdict.kind === 'untold') {
    throw new UserError('login-failed', t`could not be verified: ${verdict.reason}`, {
      hint: verdict.isSetting
        ? t`nothing was stored; change that setting, then log in again`
        : t`try again later, or store it unverified: codearts-hooks login --no-verify`,
    });
  }
  if (verdict.warning !== null) context.say(warning(verdict.warning, context));
}

async function store(
  set: CredentialSet,
  { endpoint, iamUrl }: Target,
  context: CommandContext,
): Promise<void> {
  const { env } = context.effects;
  const host = new URL(endpoint).host;
  const iamHost = iamUrl === null ? null : new URL(iamUrl).host;
  const stored = await storeCredentials({ host, iamHost }, set, context.effects);
  if (stored.kind === 'problem') {
    throw new UserError('login-failed', t`the credentials could not be stored: ${stored.reason}`, {
      hint: t`mend that, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK in the environment`,
    });
  }
  // What was refused before is forgotten, and tokens of another user or password are not to be used on.
  const refusals = new Refusals(context.effects);
  await refusals.forget(host);
  if (iamUrl !== null) await refusals.forget(iamPlace(iamUrl));
  if (set.user !== null) await forgetTokens(iamHost, env);
  context.say(
    stored.isEncrypted
      ? t`stored in ${stored.where}`
      : t`stored in ${stored.where}, readable by you alone, not encrypted`,
  );
}

/** What comes first is what is sent. */
function warnOfEnv(context: CommandContext): void {
  const first = envCredentials(context.effects.env).find(({ kind }) => kind !== 'none');
  if (!first) return;
  const name = first.kind === 'found' ? first.set.source : t`what is set in your environment`;
  context.say(warning(t`${name} comes before it, as long as it is set`, context));
}
