import type { Job } from '../config/schema.ts';
import { branchOf, tagOf } from '../core/ref.ts';
import { t } from '../core/translate.ts';
import type { Check } from './check.ts';
import { readPatterns } from './patterns.ts';

type RefRules = Pick<Job, 'branches' | 'branches-ignore' | 'tags' | 'tags-ignore'>;

/**
 * Whether a job asks for a ref. As in GitHub Actions, a job with rules for one kind of ref starts nothing for the
 * other; without any, every branch starts it, and no tag. A list of what to ignore that is empty counts as none.
 */
export function checkRef(job: RefRules, ref: string): Check[] {
  const branch = branchOf(ref);
  if (branch !== null) {
    const isElse = isIgnoring(job['branches-ignore']) || (!job.tags && !isIgnoring(job['tags-ignore']));
    return checkName(job, { key: 'branches', name: branch, isElse });
  }
  const tag = tagOf(ref);
  if (tag !== null) return checkName(job, { key: 'tags', name: tag, isElse: isIgnoring(job['tags-ignore']) });
  return [{ key: 'branches', index: null, isPassed: false, detail: t`${ref} is neither a branch nor a tag` }];
}

function isIgnoring(patterns: readonly string[] | undefined): boolean {
  return patterns !== undefined && patterns.length > 0;
}

interface Asked {
  readonly key: 'branches' | 'tags';
  readonly name: string;
  /** Whether names count when there is no list of what is asked for. */
  readonly isElse: boolean;
}

function checkName(job: RefRules, { key, name, isElse }: Asked): Check[] {
  const wanted = job[key];
  const ignoring = `${key}-ignore` as const;
  const ignored = job[ignoring] ?? [];
  const first: Check = wanted
    ? checkList(key, wanted, name)
    : { key, index: null, isPassed: isElse, detail: isElse ? t`every one counts` : noList(job, key) };
  if (!first.isPassed || ignored.length === 0) return [first];
  const { isAsked, index } = readPatterns(ignored)(name);
  const detail = isAsked
    ? t`${name} is ignored by ${JSON.stringify(ignored[index ?? 0])}`
    : t`${name} is not ignored`;
  return [first, { key: ignoring, index, isPassed: !isAsked, detail }];
}

function checkList(key: Check['key'], patterns: readonly string[], name: string): Check {
  const { isAsked, index } = readPatterns(patterns)(name);
  const pattern = index === null ? '' : JSON.stringify(patterns[index]);
  const taken = t`${name} is taken back by ${pattern}`;
  const detail =
    index === null ? t`no pattern matches ${name}` : isAsked ? t`${name} matches ${pattern}` : taken;
  return { key, index, isPassed: isAsked, detail };
}

function noList(job: RefRules, key: 'branches' | 'tags'): string {
  if (key === 'tags') return t`tags start a job only when "tags" asks for them`;
  return t`the job has ${job.tags ? '"tags"' : '"tags-ignore"'} and no "branches": it is for tags alone`;
}
