import type { Job } from '../config/schema.ts';
import { t } from '../core/translate.ts';
import type { Check } from './check.ts';
import { type PatternList, readPatterns } from './patterns.ts';

type PathRules = Pick<Job, 'paths' | 'paths-ignore'>;

/** Whether a job looks at the files that a push changes. */
export function hasPathRules(job: PathRules): boolean {
  return job.paths !== undefined || (job['paths-ignore'] ?? []).length > 0;
}

function noneMatches(count: number): string {
  return count === 1
    ? t`no pattern matches the changed file`
    : t`no pattern matches any of the ${count} changed files`;
}

/** A job's path rules at work: it is shown the changed files one by one, until it has seen enough. */
export interface PathWatch {
  /** Takes the name of a changed file; tells whether it wants more. */
  readonly see: (path: string) => boolean;
  /** What the rules say of the files seen; `unknown`: why they could not all be shown. */
  readonly check: (unknown: string | null) => Check;
}

/**
 * Watches for a file that the job asks for: one that `paths` matches and `paths-ignore` does not. As in GitHub
 * Actions no changed file starts nothing, and files that cannot be told do not keep a build from starting.
 */
export function watchPaths(job: PathRules): PathWatch {
  const ignoring = job['paths-ignore'] ?? [];
  const wanted: PatternList = job.paths ? readPatterns(job.paths) : () => ({ isAsked: true, index: null });
  const ignored = readPatterns(ignoring);
  const key = job.paths ? 'paths' : 'paths-ignore';
  let seen = 0;
  let asked = 0;
  let last: number | null = null;
  let found: Check | null = null;
  return {
    see: (path) => {
      seen += 1;
      const { isAsked, index } = wanted(path);
      if (!isAsked) return true;
      asked += 1;
      const ignore = ignored(path);
      if (ignore.isAsked) {
        last = ignore.index;
        return true;
      }
      const pattern = index === null ? null : JSON.stringify(job.paths?.[index]);
      found = {
        key,
        index,
        isPassed: true,
        detail: pattern ? t`${path} matches ${pattern}` : t`${path} is not ignored`,
      };
      return false;
    },
    check: (unknown) => {
      if (found) return found;
      if (unknown !== null)
        return { key, index: null, isPassed: true, detail: t`the changed files are not known: ${unknown}` };
      if (seen === 0) return { key, index: null, isPassed: false, detail: t`no file is changed` };
      if (asked === 0) return { key, index: null, isPassed: false, detail: noneMatches(seen) };
      const detail = asked === 1 ? t`the changed file is ignored` : t`all ${asked} changed files are ignored`;
      return { key: 'paths-ignore', index: last, isPassed: false, detail };
    },
  };
}
