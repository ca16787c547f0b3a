import type { ListedJob } from '../../codearts/jobs.ts';
import { isAddress, jobIdIn } from '../../config/job-id.ts';
import { UserError } from '../../core/errors.ts';
import { nearestTo } from '../../core/nearest.ts';
import { stripUrl } from '../../core/redact.ts';
import { t } from '../../core/translate.ts';
import { plainText } from '../../ui/plain-text.ts';
import type { CommandContext } from '../define.ts';
import { failure, note, warning } from '../warning.ts';
import type { Asker, Choice } from './asker.ts';
import { type CheckedJob, checkJob } from './check-job.ts';
import { type RankedJob, rankJobs } from './rank-jobs.ts';
import type { Service } from './reach-service.ts';

/** What a job is chosen from. */
export interface JobSources {
  /** Null: nothing can be looked up. */
  readonly service: Service | null;
  /** The jobs of the project; asked for when they are needed. Null: they cannot be listed. */
  readonly list: () => Promise<readonly ListedJob[] | null>;
  readonly remoteUrl: string | null;
}

/**
 * The job that is to be started: what was said, by its id, address or name; else it is searched for as one types.
 * What speaks against it is told, and asked about.
 *
 * @throws {UserError} `usage` where nobody can be asked; `no-such-job`
 */
export async function chooseJob(
  wanted: string | null,
  sources: JobSources,
  asker: Asker | null,
  context: CommandContext,
): Promise<CheckedJob> {
  if (wanted !== null) {
    const checked = await checkJob(await wantJob(wanted, sources), sources);
    tell(checked, context);
    return checked;
  }
  if (!asker) {
    throw new UserError('usage', t`no job is named, and there is no terminal to choose one on`, {
      hint: 'codearts-hooks init --job <id, address or name of the build task>',
    });
  }
  for (;;) {
    const checked = await tryJob(await askJob(sources, asker), sources, context);
    if (!checked) continue;
    tell(checked, context);
    if (checked.warnings.length === 0 || (await asker.confirm(t`Take ${checked.name} nevertheless?`, false)))
      return checked;
  }
}

/** A job that there is not is to be told, and asked for again. */
async function tryJob(
  job: Pick<ListedJob, 'id'>,
  sources: JobSources,
  context: CommandContext,
): Promise<CheckedJob | null> {
  try {
    return await checkJob(job, sources);
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'no-such-job') throw error;
    context.say(failure(error.message, context));
    return null;
  }
}

function tell({ remarks, warnings }: CheckedJob, context: CommandContext): void {
  for (const sentence of remarks) context.say(note(sentence, context));
  for (const sentence of warnings) context.say(warning(sentence, context));
}

/** The job by its id, address or name. */
async function wantJob(wanted: string, { list }: JobSources): Promise<Pick<ListedJob, 'id'>> {
  const id = jobIdIn(wanted);
  if (id !== null) return { id };
  if (isAddress(wanted)) {
    throw new UserError('usage', t`there is no id of a job in the address ${stripUrl(wanted)}`, {
      hint: t`open the build task in the console, and copy the address of that page`,
    });
  }
  const jobs = (await list()) ?? [];
  const found = jobs.filter(({ name }) => name === wanted);
  const [job] = found;
  if (job && found.length === 1) return job;
  if (jobs.length === 0) {
    throw new UserError(
      'usage',
      t`${wanted} is no id, and your jobs cannot be listed to look for that name`,
      {
        hint: 'codearts-hooks init --job <id or address of the build task>',
      },
    );
  }
  const near = nearestTo(
    wanted,
    jobs.map(({ name }) => name),
  );
  throw new UserError(
    'no-such-job',
    job ? t`${found.length} jobs are called ${wanted}` : t`no job of the project is called ${wanted}`,
    { hint: near === null || job ? 'codearts-hooks init --job <id>' : t`did you mean ${near}?` },
  );
}

async function askJob({ list, remoteUrl }: JobSources, asker: Asker): Promise<Pick<ListedJob, 'id'>> {
  const jobs = rankJobs((await list()) ?? [], remoteUrl);
  if (jobs.length === 0) {
    const pasted = await asker.text(t`Paste the id of the build task, or the address of its page`, {
      problemOf: (text) => problemOf(text.trim()),
    });
    return { id: jobIdIn(pasted.trim()) ?? '' };
  }
  const chosen = await asker.search(
    t`Which job does a push start? Type to search, or paste an id or address`,
    (typed) => offers(jobs, typed.trim()),
  );
  return jobs.find(({ id }) => id === chosen) ?? { id: chosen };
}

/** What is wrong with what was pasted in the place of an id. */
function problemOf(pasted: string): string | null {
  if (jobIdIn(pasted) !== null) return null;
  return isAddress(pasted)
    ? t`there is no id of a job in it: open the build task, and copy the address of that page`
    : t`there is no id of 32 letters and digits in it`;
}

function offers(jobs: readonly RankedJob[], typed: string): Choice<string>[] {
  const pasted = jobIdIn(typed);
  const found = jobs.filter(({ id, name, sourceUrl }) =>
    pasted === null
      ? `${name} ${sourceUrl ?? ''}`.toLowerCase().includes(typed.toLowerCase())
      : id === pasted,
  );
  if (pasted !== null && found.length === 0) return [{ value: pasted, label: t`the job ${pasted}` }];
  return found.map((job) => ({
    value: job.id,
    label: `${plainText(job.name, 60)}${marksOf(job)}`,
    ...(job.sourceUrl === null ? {} : { hint: plainText(job.sourceUrl, 80) }),
  }));
}

function marksOf({ isDisabled, isExecutable, fit }: RankedJob): string {
  const marks = [
    ...(isDisabled ? [t`disabled`] : []),
    ...(isExecutable ? [] : [t`you may not start it`]),
    ...(fit === 'same' ? [t`builds this repository`] : []),
  ];
  return marks.length === 0 ? '' : ` [${marks.join(', ')}]`;
}
