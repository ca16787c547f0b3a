import type { Job } from '../config/schema.ts';
import { isZeroOid } from '../core/oid.ts';
import type { Oid } from '../core/oid.ts';
import { t } from '../core/translate.ts';
import { type Check, type RuleKey, type Verdict, isPassing } from './check.ts';
import { checkRef } from './ref-filter.ts';
import { type RemoteContext, checkRemote } from './remotes.ts';

/** A job's rules. */
export type JobRules = Pick<
  Job,
  'name' | 'remotes' | 'branches' | 'branches-ignore' | 'tags' | 'tags-ignore' | 'paths' | 'paths-ignore'
>;

/** Why an update whose new value is this can start no job at all; null: it can. */
export function refusalOf({ after }: { readonly after: Oid }): string | null {
  return isZeroOid(after) ? t`a deletion starts no build` : null;
}

/** Asks the rules of each job that need nothing but the names: of the remote, and of the ref. */
export function selectByName<J extends JobRules>(
  jobs: readonly J[],
  ref: string,
  context: RemoteContext,
): Verdict<J>[] {
  return jobs.map((job) => {
    const remote = checkRemote(job.remotes, context);
    return { job, checks: remote.isPassed ? [remote, ...checkRef(job, ref)] : [remote] };
  });
}

const REASONS: Readonly<Record<RuleKey, (push: { ref: string; remote: string }, check: Check) => string>> = {
  remotes: ({ remote }) => t`no job asks for the remote ${remote}`,
  branches: ({ ref }) => t`no job asks for ${ref}`,
  'branches-ignore': ({ ref }) => t`no job asks for ${ref}`,
  tags: ({ ref }) => t`no job asks for ${ref}`,
  'tags-ignore': ({ ref }) => t`no job asks for ${ref}`,
  paths: (_, { detail }) => t`no job asks for what has changed: ${detail}`,
  'paths-ignore': (_, { detail }) => t`no job asks for what has changed: ${detail}`,
  'skip-markers': (_, { detail }) => detail,
};
const STAGES = Object.keys(REASONS);

/** Why no job is started, in one sentence: what the job that came furthest has failed on. Null: one is. */
export function reasonForNone(
  verdicts: readonly Verdict<unknown>[],
  push: { readonly ref: string; readonly remote: string },
): string | null {
  if (verdicts.some(isPassing)) return null;
  const [furthest] = verdicts
    .flatMap(({ checks }) => checks.find(({ isPassed }) => !isPassed) ?? [])
    .sort((a, b) => STAGES.indexOf(b.key) - STAGES.indexOf(a.key));
  return furthest ? REASONS[furthest.key](push, furthest) : t`the config has no job`;
}
