import type { ListedJob } from '../../codearts/jobs.ts';

/** How well a job suits a repository: `same` builds it, `named` is called like it or builds one of its name. */
export type Fit = 'same' | 'named' | 'other';

/** A job with how well it suits. */
export interface RankedJob extends ListedJob {
  readonly fit: Fit;
}

const ORDER: readonly Fit[] = ['same', 'named', 'other'];

/**
 * Jobs in the order in which they are offered: those that build the repository first, those that cannot be started
 * last among their like.
 *
 * @param remoteUrl the URL that the repository is pushed to; null: it has no remote
 */
export function rankJobs(jobs: readonly ListedJob[], remoteUrl: string | null): RankedJob[] {
  const place = (job: RankedJob): number =>
    ORDER.indexOf(job.fit) * 2 + (job.isDisabled || !job.isExecutable ? 1 : 0);
  return jobs
    .map((job) => ({ ...job, fit: fitOf(job, remoteUrl) }))
    .sort((a, b) => place(a) - place(b) || (a.name < b.name ? -1 : 1));
}

function fitOf({ name, sourceUrl }: ListedJob, remoteUrl: string | null): Fit {
  if (remoteUrl === null) return 'other';
  if (sourceUrl !== null && placeOf(sourceUrl) === placeOf(remoteUrl)) return 'same';
  const own = repositoryName(remoteUrl);
  if (own === '') return 'other';
  const isNamed = repositoryName(sourceUrl ?? '') === own || name.toLowerCase().includes(own);
  return isNamed ? 'named' : 'other';
}

/** Host and path, whatever the protocol: `git@h:a/b.git`, `ssh://git@h:22/a/b` and `https://h/a/b/` are one. */
export function placeOf(url: string): string {
  const [, host, path = ''] =
    /^(?:[a-z+]+:\/\/)?(?:[^/@\s]+@)?([^/:\s]+)(?::\d+(?=\/))?[:/]+(.*)$/i.exec(url) ?? [];
  const place = host === undefined ? url : `${host}/${path.replace(/[?#].*$/, '')}`;
  return place
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.git$/, '');
}

/** The last part of a repository's URL or path, in lower case and without `.git`. */
export function repositoryName(url: string): string {
  return placeOf(url).split(/[/\\]/).at(-1) ?? '';
}
