import { envCredentials } from '../codearts/env-credentials.ts';
import { Refusals } from '../codearts/refusals.ts';
import { forgetCredentials } from '../codearts/stored-credentials.ts';
import { forgetTokens } from '../codearts/token-cache.ts';
import { iamPlace } from '../codearts/token-for.ts';
import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { accessPlace } from './access-context.ts';
import type { Run } from './define.ts';

/** `logout`: forgets what `login` has stored, wherever it is, and every token that was got with it. */
export const logout: Run = async (_args, options, context) => {
  const { env } = context.effects;
  const isAll = options['all'] === true;
  const { target } = isAll ? { target: null } : await accessPlace(context);
  if (!isAll && target === null) {
    throw new UserError('usage', t`no endpoint is known here`, { hint: 'codearts-hooks logout --all' });
  }
  const host = target && new URL(target.endpoint).host;
  const forgotten = await forgetCredentials(host, context.effects);
  await forgetTokens(target?.iamUrl ? new URL(target.iamUrl).host : null, env);
  const refusals = new Refusals(context.effects);
  await refusals.forget(host);
  if (target?.iamUrl) await refusals.forget(iamPlace(target.iamUrl));
  if (forgotten.kind === 'problem') {
    throw new UserError('logout-failed', t`the credentials could not be removed: ${forgotten.reason}`, {
      hint: t`mend that and log out again, or remove that file`,
    });
  }
  const { hosts } = forgotten;
  context.say(hosts.length === 0 ? t`nothing was stored` : t`logged out of ${hosts.join(', ')}`);
  for (const lookup of envCredentials(env)) {
    if (lookup.kind === 'found') context.say(t`${lookup.set.source} is still set in your environment`);
  }
  return ExitCode.Ok;
};
