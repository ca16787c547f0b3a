import { makeAuthorizer } from '../../codearts/authorize.ts';
import type { Send } from '../../codearts/build-history.ts';
import type { Target } from '../../codearts/find-credentials.ts';
import { UserError } from '../../core/errors.ts';
import { ExitCode } from '../../core/exit-code.ts';
import { t, translated } from '../../core/translate.ts';
import { accessContext, accessPlace } from '../access-context.ts';
import type { CommandContext } from '../define.ts';
import { login, wantTarget } from '../login.ts';
import { warning } from '../warning.ts';
import { type Asker, interrupted } from './asker.ts';

/** The service, to be asked what jobs there are. */
export interface Service {
  readonly target: Target;
  readonly send: Send;
  /** Whether credentials were stored on the way. */
  readonly isLoginNew: boolean;
}

/**
 * Gets access to the service of a region; logs in where there are no credentials and somebody can be asked.
 *
 * @returns null: without credentials it goes on, and nothing can be looked up
 * @throws {UserError} `untrusted` when the config names a stranger's host; `login-failed`
 */
export async function reachService(
  region: string | null,
  asker: Asker | null,
  context: CommandContext,
): Promise<Service | null> {
  const place = await accessPlace(context, region);
  const target = await wantTarget(place, context);
  const authorizer = makeAuthorizer(await accessContext(place, context));
  const held = await authorizer.check(target);
  const access = held ?? (await authorizer.access(target));
  if (access.kind === 'ready') return { target, send: access.send, isLoginNew: false };
  if (access.kind === 'later') {
    context.say(warning(translated(access.reason), context));
    return null;
  }
  if (!asker) {
    context.say(t`${translated(access.reason)}: the job is not looked up`);
    return null;
  }
  return await logIn(region, translated(access.reason), asker, context);
}

async function logIn(
  region: string | null,
  reason: string,
  asker: Asker,
  context: CommandContext,
): Promise<Service | null> {
  const wish = await asker.select(t`${reason}. Log in now?`, [
    { value: 'login', label: t`yes, and choose from your jobs` },
    { value: 'later', label: t`later; I have the id of the job` },
  ]);
  if (wish === 'later') return null;
  try {
    const exitCode = await login([], region === null ? {} : { region }, context);
    if (exitCode === ExitCode.Interrupted) throw interrupted();
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'login-failed') throw error;
    return await logIn(region, error.message, asker, context);
  }
  const service = await reachService(region, null, context);
  return service && { ...service, isLoginNew: true };
}
