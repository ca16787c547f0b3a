import { join } from 'node:path';
import { locate } from '../config/problems.ts';
import type { Job } from '../config/schema.ts';
import type { Choice } from '../event/choose-jobs.ts';
import { readText } from '../platform/files.ts';
import type { Check } from '../rules/check.ts';
import type { PlaceOf } from './explanation.ts';
import type { RepositoryState } from './repository-state.ts';

type Path = readonly (string | number)[];

/** Finds the lines of the config file in which the rules are that were asked. */
export async function placeRules(
  { verdicts }: Choice<Job>,
  jobs: readonly Job[],
  { loaded, repository }: RepositoryState,
): Promise<PlaceOf> {
  const { path: file, config } = loaded;
  const asked = verdicts.flatMap(({ job, checks }) => checks.map((check) => ({ job, check })));
  const paths = asked.map(({ job, check }) => pathOf(jobs.indexOf(job), check));
  const lines = await linesOf(paths, file, repository.workTree);
  return (job, check) => {
    const at = asked.findIndex((one) => one.job === job && one.check === check);
    const line = lines[at];
    const list = check.key === 'skip-markers' ? config?.['skip-markers'] : job[check.key];
    const pattern = check.index === null ? null : (list?.[check.index] ?? null);
    if (line === undefined || file === null) return { place: null, pattern };
    return { place: `${file}:${line}`, pattern };
  };
}

function pathOf(job: number, { key, index }: Check): Path {
  const at = index === null ? [] : [index];
  return key === 'skip-markers' ? [key, ...at] : ['jobs', job, key, ...at];
}

/** Undefined for what the file does not say; a bare repository has its config in a commit, which has no lines here. */
async function linesOf(
  paths: readonly Path[],
  file: string | null,
  workTree: string | null,
): Promise<(number | undefined)[]> {
  const text = file === null || workTree === null ? null : await readText(join(workTree, file));
  if (text === null) return [];
  const clean = text.replace(/^\uFEFF/, '');
  const whole: unknown = JSON.parse(clean);
  const prefix = file === 'package.json' ? ['codearts-hooks'] : [];
  const placed = paths.map((path) => [...prefix, ...path]);
  const found = await locate(
    clean,
    placed.map((path) => ({ path, message: '', isError: false })),
  );
  return placed.map((path, index) => (isThere(whole, path) ? found[index]?.line : undefined));
}

function isThere(value: unknown, path: Path): boolean {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = Object.entries(at).find(([name]) => name === String(key))?.[1];
  }
  return true;
}
