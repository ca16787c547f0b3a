import type { Choice } from '../event/choose-jobs.ts';
import type { Job } from '../config/schema.ts';
import type { Check } from '../rules/check.ts';
import { isPassing } from '../rules/check.ts';

/** A check with where its rule is written: `codearts-hooks.json:6`; null: nowhere, it is the default. */
export interface PlacedCheck extends Check {
  readonly place: string | null;
  /** The pattern that decided. */
  readonly pattern: string | null;
}

/** A row of `explain --json`, design.md section 4, with what its text is made from. */
export interface ExplanationRow {
  readonly job: string;
  readonly ref: string;
  readonly matches: boolean;
  /** `<file>:<line>: <key>: <pattern>` of the rule that decided; null: none is written down. */
  readonly rule: string | null;
  readonly reason: string;
  readonly checks: readonly PlacedCheck[];
}

/** Tells where a rule of a job is written, with the pattern. */
export type PlaceOf = (job: Job, check: Check) => Pick<PlacedCheck, 'place' | 'pattern'>;

/** One row for each job of the config, in its order. */
export function explanationRows(
  { verdicts, jobs: started, reason }: Choice<Job>,
  { ref }: { readonly ref: string },
  { jobs, placeOf }: { readonly jobs: readonly Job[]; readonly placeOf: PlaceOf },
): ExplanationRow[] {
  return jobs.map((job): ExplanationRow => {
    const verdict = verdicts.find((one) => one.job === job) ?? { job, checks: [] };
    const checks = verdict.checks.map((check): PlacedCheck => ({ ...check, ...placeOf(job, check) }));
    const matches = started.includes(job);
    // Not for its rules: a deletion, or a tag of a file.
    if (!matches && isPassing(verdict)) {
      return { job: job.name, ref, matches, rule: null, reason: reason ?? '', checks };
    }
    const decisive =
      checks.find(({ isPassed }) => !isPassed) ??
      checks.findLast(({ index }) => index !== null) ??
      checks.findLast(({ key }) => key !== 'skip-markers');
    return {
      job: job.name,
      ref,
      matches,
      rule: decisive ? ruleOf(decisive) : null,
      reason: decisive?.detail ?? '',
      checks,
    };
  });
}

function ruleOf({ place, key, pattern }: PlacedCheck): string | null {
  return place === null ? null : [place, key, ...(pattern === null ? [] : [pattern])].join(': ');
}
