import { readPreferences } from '../config/preferences.ts';
import {
  type TrustSubject,
  approve,
  foreignHosts,
  hostIn,
  isTrusted,
  lastApproved,
} from '../config/trust.ts';
import { t } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import { plainText } from '../ui/plain-text.ts';
import { widthOf } from '../ui/width.ts';
import type { CommandContext } from './define.ts';
import { openPrompts } from './prompts.ts';
import { isInCi } from './in-ci.ts';
import type { RepositoryState } from './repository-state.ts';

/** What would be approved, one line each; of what was approved before, what is other now. */
export async function subjectLines(subject: TrustSubject, env: Env): Promise<string[]> {
  const now = linesOf(subject);
  const before = (await isTrusted(subject, env)) ? null : await lastApproved(subject.origin, env);
  const foreign = foreignHosts(subject, env, await readPreferences(env));
  const warnings = foreign.map(
    (host) => t`warning: ${plainText(host)} is not a host of Huawei Cloud; it would get your credentials`,
  );
  if (before === null) return [...now.map(({ shown }) => shown), ...warnings];
  const old = linesOf(before);
  const isIn = (lines: readonly Line[], { exact }: Line): boolean =>
    lines.some((each) => each.exact === exact);
  const gone = old.filter((each) => !isIn(now, each)).map(({ shown }) => `- ${shown}`);
  const kept = now.map((each) => `${isIn(old, each) ? ' ' : '+'} ${each.shown}`);
  return [t`changed since it was approved:`, ...gone, ...kept, ...warnings];
}

/** One thing that is approved. */
interface Line {
  readonly shown: string;
  /** What is compared: nothing of it is left out. */
  readonly exact: string;
}

function linesOf({ origin, region, endpoint, iamEndpoint, jobs }: TrustSubject): Line[] {
  const line = (name: string, value: string, exact: readonly unknown[]): Line => ({
    shown: name + ' '.repeat(Math.max(1, 12 - widthOf(name))) + value,
    exact: JSON.stringify([name, ...exact]),
  });
  return [
    line(t`repository`, whole(origin), [origin]),
    line(t`endpoint`, endpoint === null ? regionWords(region) : whole(hostIn(endpoint)), [
      endpoint ?? { region },
    ]),
    ...(endpoint === null || region === null ? [] : [line(t`region`, whole(region), [region])]),
    ...(iamEndpoint === undefined ? [] : [line('IAM', whole(hostIn(iamEndpoint)), [iamEndpoint])]),
    ...jobs.map(({ name, id, parameters }) => {
      const job = `${whole(name)} (${id})`;
      const words = parameters === undefined ? job : t`${job} with ${whole(parameters)}`;
      return line(t`job`, words, [name, id, parameters]);
    }),
  ];
}

/** Not cut: who approves must have seen all of it. A config is of 64 KiB at most. */
function whole(text: string): string {
  return plainText(text, Number.POSITIVE_INFINITY);
}

function regionWords(region: string | null): string {
  return region === null ? t`not set` : t`CodeArts Build in ${whole(region)}`;
}

/**
 * Approves the jobs of a repository when the user says so: on a terminal it asks, `isYes` is the answer. An
 * endpoint outside Huawei Cloud is never approved in passing.
 *
 * @returns whether they are approved now
 */
export async function approveInteractively(
  { subject, loaded }: RepositoryState,
  isYes: boolean,
  context: CommandContext,
): Promise<boolean> {
  const { env, isInteractive } = context.effects;
  if (!subject || (await isTrusted(subject, env))) return subject !== null;
  if (foreignHosts(subject, env, await readPreferences(env)).length > 0) {
    context.say(t`next: codearts-hooks trust (${loaded.path ?? ''} names a host that is not Huawei Cloud's)`);
    return false;
  }
  if (isYes) return await approve(subject, env);
  if (!isInteractive || context.isQuiet || isInCi(env)) {
    context.say(
      t`next: codearts-hooks trust (until then pushes wait: the jobs of ${loaded.path ?? ''} are not approved here)`,
    );
    return false;
  }
  return await askToApprove(subject, context);
}

/** Shows a subject and asks. */
export async function askToApprove(subject: TrustSubject, context: CommandContext): Promise<boolean> {
  for (const line of await subjectLines(subject, context.effects.env)) context.say(line);
  const prompts = await openPrompts(context);
  if ((await prompts.confirm(t`Start these jobs from this machine?`, true)) !== true) {
    context.say(t`not approved: pushes wait until codearts-hooks trust`);
    return false;
  }
  return await approve(subject, context.effects.env);
}
