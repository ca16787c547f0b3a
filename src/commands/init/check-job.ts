import { type ListedJob, readJobConfig } from '../../codearts/jobs.ts';
import { UserError } from '../../core/errors.ts';
import { stripUrl } from '../../core/redact.ts';
import { t } from '../../core/translate.ts';
import { plainText } from '../../ui/plain-text.ts';
import { repositoryName } from './rank-jobs.ts';
import type { Service } from './reach-service.ts';

/** A job with what the service says of it. */
export interface CheckedJob {
  readonly id: string;
  /** As it is called there, else its id. */
  readonly name: string;
  /** Whether `name` is the service's. */
  readonly isNamed: boolean;
  /** What the user should know. */
  readonly remarks: readonly string[];
  /** What speaks against it. */
  readonly warnings: readonly string[];
}

/**
 * Asks the service about a job. Nothing is started by it.
 *
 * @param job as the list has it, or but its id
 * @throws {UserError} `no-such-job`, `login-failed`
 */
export async function checkJob(
  job: Pick<ListedJob, 'id'> & Partial<ListedJob>,
  { service, remoteUrl }: { readonly service: Service | null; readonly remoteUrl: string | null },
): Promise<CheckedJob> {
  const { id } = job;
  const listed = job.name ?? null;
  if (service === null)
    return { id, name: listed ?? id, isNamed: listed !== null, remarks: [], warnings: [] };
  const answer = await readJobConfig({ endpoint: service.target.endpoint, jobId: id }, service.send);
  if (answer.kind === 'refused') {
    throw new UserError('login-failed', t`the service refuses your credentials: ${answer.reason}`, {
      hint: 'codearts-hooks login',
    });
  }
  if (answer.kind === 'forbidden' && (answer.status === 404 || answer.status === 422)) {
    throw new UserError('no-such-job', t`the service does not know the job ${id}: ${answer.reason}`, {
      hint: t`copy the address of the build task's page, or name the region: codearts-hooks init --region <region>`,
    });
  }
  const config = answer.kind === 'answer' ? answer.value : null;
  const name = plainText(config?.name ?? listed ?? id, 100);
  const remarks = [
    ...(answer.kind === 'answer' ? [] : [t`the job ${id} could not be looked up: ${answer.reason}`]),
    ...otherSources(name, config?.sources ?? [], remoteUrl),
  ];
  const warnings = [
    ...(config?.buildsByItself
      ? [
          t`${name} builds by itself at every push (build_if_code_updated): with ours, each push would build twice\n  switch its own trigger off in the settings of the task`,
        ]
      : []),
    ...(job.isDisabled ? [t`${name} is disabled: pushes start nothing until it is enabled`] : []),
    ...(job.isExecutable === false
      ? [t`${name} may not be started by you: ask its owner for the right`]
      : []),
  ];
  return { id, name, isNamed: (config?.name ?? listed) !== null, remarks, warnings };
}

/** A job that builds something else may be meant, for a mirror say; more often it is a slip. */
function otherSources(name: string, sources: readonly string[], remoteUrl: string | null): string[] {
  const own = repositoryName(remoteUrl ?? '');
  const [first] = sources;
  if (own === '' || first === undefined || sources.some((url) => repositoryName(url) === own)) return [];
  return [t`${name} builds ${plainText(stripUrl(first))}, which is not called like this repository`];
}
