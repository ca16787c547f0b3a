import * as v from 'valibot';
import { nearestTo } from '../core/nearest.ts';
import { isRecord } from '../core/record.ts';
import { t } from '../core/translate.ts';
import { jobIdIn } from './job-id.ts';
import { lintPatterns } from './lint-patterns.ts';
import { type Config, ConfigSchema, type Job, isForbidden } from './schema.ts';

/** Something wrong with one key. `path` leads to it; an error makes the file invalid, a warning does not. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly isError: boolean;
}

/** The config, or null when it is invalid, and everything that was found. */
export interface Validated {
  readonly config: Config | null;
  readonly findings: readonly Finding[];
}

/** Checks a parsed config file. */
export function validateConfig(value: unknown): Validated {
  const findings = [...unknownKeys(value)];
  const result = v.safeParse(ConfigSchema, value);
  if (!result.success) {
    for (const issue of result.issues) {
      const path = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
      findings.push({ path, message: sentence(issue), isError: true });
    }
    return { config: null, findings };
  }
  const jobs = result.output.jobs.map((job): Job => {
    const id = jobIdIn(job.id) ?? job.id;
    return { ...job, id, name: job.name ?? id };
  });
  jobs.forEach(({ name }, index) => {
    if (jobs.findIndex((job) => job.name === name) === index) return;
    findings.push({
      path: ['jobs', index, 'name'],
      message: t`another job is called ${JSON.stringify(name)} too`,
      isError: true,
    });
  });
  findings.push(...advice(result.output.jobs));
  const isValid = !findings.some(({ isError }) => isError);
  return { config: isValid ? { ...result.output, jobs } : null, findings };
}

const FILTERS = ['branches', 'branches-ignore', 'tags', 'tags-ignore', 'paths', 'paths-ignore'] as const;

/** What is valid, and cannot be meant. */
function* advice(jobs: readonly Omit<Job, 'name'>[]): Generator<Finding> {
  for (const [index, job] of jobs.entries()) {
    const at = ['jobs', index];
    for (const key of FILTERS) {
      for (const { index: place, message } of lintPatterns(key, job[key] ?? [])) {
        yield { path: place === null ? [...at, key] : [...at, key, place], message, isError: false };
      }
    }
    if (job.parameters && job.trigger !== 'execute') {
      yield {
        path: [...at, 'parameters'],
        message: t`has an effect only with "trigger": "execute"`,
        isError: false,
      };
    }
  }
}

function sentence({ kind, type, expected, received, message, input }: v.BaseIssue<unknown>): string {
  if (type === 'picklist') {
    const options = [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, option = '']) => option);
    const best = typeof input === 'string' ? nearest(input, options) : null;
    const wanted = options.map((option) => JSON.stringify(option)).join(t` or `);
    return best === null
      ? t`must be ${wanted}, not ${received}`
      : t`must be ${wanted}, not ${received}, did you mean ${best}?`;
  }
  if (kind === 'validation' && type !== 'non_empty') return message.replace(/^Invalid/, 'invalid');
  if (received === 'undefined') return t`is missing`;
  if (expected === '!0' && received === '0') return t`must not be empty`;
  return t`must be ${expected ?? 'something else'}, not ${received}`;
}

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(ConfigSchema.pipe[0].entries),
  jobs: Object.keys(ConfigSchema.pipe[0].entries.jobs.pipe[0].item.entries),
  commits: Object.keys(ConfigSchema.pipe[0].entries.commits.wrapped.entries),
};

function* unknownKeys(value: unknown): Generator<Finding> {
  if (!isRecord(value)) return;
  yield* unknownIn(value, [], '');
  if (isRecord(value['commits'])) yield* unknownIn(value['commits'], ['commits'], 'commits');
  for (const [index, item] of (Array.isArray(value['jobs']) ? value['jobs'] : []).entries()) {
    if (!isRecord(item)) continue;
    yield* unknownIn(item, ['jobs', index], 'jobs');
    // valibot takes a list for a record.
    if (Array.isArray(item['parameters'])) {
      yield {
        path: ['jobs', index, 'parameters'],
        message: t`must be ${'Object'}, not ${'Array'}`,
        isError: true,
      };
    }
  }
}

function* unknownIn(
  object: Readonly<Record<string, unknown>>,
  path: (string | number)[],
  place: string,
): Generator<Finding> {
  const known = KNOWN[place] ?? [];
  for (const key of Object.keys(object)) {
    if (known.includes(key)) continue;
    const at = [...path, key];
    if (isForbidden(key)) {
      const message = t`may not be set in a committed file; it belongs to each user`;
      yield { path: at, message, isError: true };
    } else {
      const best = nearest(key, known);
      const message =
        best === null ? t`unknown key; it is ignored` : t`unknown key, did you mean ${best}?; it is ignored`;
      yield { path: at, message, isError: false };
    }
  }
}

/** The known name that is meant, quoted; null: none is near. */
function nearest(key: string, known: readonly string[]): string | null {
  const name = nearestTo(key, known);
  return name === null ? null : JSON.stringify(name);
}
