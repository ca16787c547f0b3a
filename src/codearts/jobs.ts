import { outsideText } from '../core/outside-text.ts';
import { isRecord, stringAt } from '../core/record.ts';
import type { Send } from './build-history.ts';
import { type Answer, askPages, askService } from './ask-service.ts';

/** A build task of a project, as the list of CodeArts Build has it. */
export interface ListedJob {
  readonly id: string;
  readonly name: string;
  /** The page of the repository that it builds; null: the list does not tell. */
  readonly sourceUrl: string | null;
  /** Whether this user may start it. */
  readonly isExecutable: boolean;
  readonly isDisabled: boolean;
}

/** What the config of a job tells. */
export interface JobConfig {
  readonly name: string | null;
  /** CodeArts Repo starts it by itself at every push: ours would be a second build. */
  readonly buildsByItself: boolean;
  /** The repositories that it builds. */
  readonly sources: readonly string[];
}

// An entry has about a kilobyte, a reply may have 64.
const PAGE_SIZE = 40;
const PAGES_AT_MOST = 25;
const NAME_LIMIT = 200;

/**
 * The jobs of a CodeArts project, `GET /v1/job/{project_id}/list` (codearts-api.md section 4), at most a thousand. It
 * may be empty although there are jobs: a user may always name one by its id.
 */
export async function listJobs(
  { endpoint, projectId }: { readonly endpoint: string; readonly projectId: string },
  send: Send,
): Promise<Answer<readonly ListedJob[]>> {
  const urlOf = (page: number): string =>
    `${endpoint}/v1/job/${encodeURIComponent(projectId)}/list?page_index=${page}&page_size=${PAGE_SIZE}`;
  return await askPages(
    { urlOf, key: 'job_list', entryOf: jobOf, size: PAGE_SIZE, most: PAGES_AT_MOST },
    send,
  );
}

function jobOf(value: unknown): ListedJob | null {
  const id = stringAt(value, 'id');
  if (!isRecord(value) || id === null || !/^[0-9A-Za-z]{32}$/.test(id)) return null;
  return {
    id,
    name: outsideText(stringAt(value, 'job_name') ?? id, NAME_LIMIT),
    sourceUrl: stringAt(value, 'scm_web_url'),
    isExecutable: value['is_execute'] !== false,
    isDisabled: value['disabled'] === true,
  };
}

/** The config of a job, `GET /v1/job/{job_id}/config`; denied with 422 or 404 when there is no such job. */
export async function readJobConfig(
  { endpoint, jobId }: { readonly endpoint: string; readonly jobId: string },
  send: Send,
): Promise<Answer<JobConfig>> {
  const answer = await askService(`${endpoint}/v1/job/${encodeURIComponent(jobId)}/config`, send);
  if (answer.kind !== 'answer') return answer;
  const { value } = answer;
  const name = stringAt(value, 'job_name');
  const scms = isRecord(value) && Array.isArray(value['scms']) ? (value['scms'] as unknown[]) : [];
  const flag = isRecord(value) ? value['build_if_code_updated'] : false;
  return {
    kind: 'answer',
    value: {
      name: name === null ? null : outsideText(name, NAME_LIMIT),
      buildsByItself: flag === true || flag === 'true',
      sources: scms.flatMap((scm) => stringAt(scm, 'url') ?? []),
    },
  };
}
