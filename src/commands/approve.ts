import { type TrustSubject, approve, isTrusted } from '../config/trust.ts';
import { plainText } from '../ui/plain-text.ts';
import type { CommandContext } from './define.ts';
import { isInCi } from './in-ci.ts';
import type { RepositoryState } from './repository-state.ts';

/** What would be approved, one line each. */
export function subjectLines({ origin, region, endpoint, jobs }: TrustSubject): string[] {
  return [
    `repository  ${plainText(origin)}`,
    `endpoint    ${plainText(endpoint ?? (region === null ? 'not set' : `CodeArts Build in ${region}`))}`,
    ...jobs.map(({ name, id }) => `job         ${plainText(name)} (${id})`),
  ];
}

/**
 * Approves the jobs of a repository when the user says so: on a terminal it asks, `isYes` is the answer. An
 * endpoint outside Huawei Cloud is never approved in passing.
 *
 * @returns whether they are approved now
 */
export async function approveInteractively(
  { subject, endpoint, loaded }: RepositoryState,
  isYes: boolean,
  context: CommandContext,
): Promise<boolean> {
  const { env, isInteractive } = context.effects;
  if (!subject || (await isTrusted(subject, env))) return subject !== null;
  const isForeign = subject.endpoint !== null && !(endpoint.kind === 'endpoint' && endpoint.isHuawei);
  if (isForeign) {
    context.say(`next: codearts-hooks trust (${loaded.path} names an endpoint that is not Huawei Cloud's)`);
    return false;
  }
  if (isYes) return await approve(subject, env);
  if (!isInteractive || context.isQuiet || isInCi(env)) {
    context.say(
      `next: codearts-hooks trust (until then pushes wait: the jobs of ${loaded.path} are not approved here)`,
    );
    return false;
  }
  return await askToApprove(subject, context);
}

/** Shows a subject and asks. */
export async function askToApprove(subject: TrustSubject, context: CommandContext): Promise<boolean> {
  for (const line of subjectLines(subject)) context.say(line);
  const { confirm, isCancel } = await import('@clack/prompts');
  const answer = await confirm({ message: 'Start these jobs from this machine?', initialValue: true });
  if (isCancel(answer) || !answer) {
    context.say('not approved: pushes wait until codearts-hooks trust');
    return false;
  }
  return await approve(subject, context.effects.env);
}
