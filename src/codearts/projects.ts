import { isBuildHost, projectHostOf } from '../config/regions.ts';
import { outsideText } from '../core/outside-text.ts';
import { stringAt } from '../core/record.ts';
import type { Target } from './find-credentials.ts';
import type { Send } from './build-history.ts';
import { type Answer, askPages } from './ask-service.ts';

/** A CodeArts project. */
export interface Project {
  readonly id: string;
  readonly name: string;
}

const PAGE_SIZE = 100;
const PAGES_AT_MOST = 10;

/** Lists the projects of the user, `GET /v4/projects` (codearts-api.md section 4), at most a thousand. */
export async function listProjects(target: Target, send: Send): Promise<Answer<readonly Project[]>> {
  const urlOf = (page: number): string =>
    `${projectsOrigin(target)}/v4/projects?offset=${page * PAGE_SIZE}&limit=${PAGE_SIZE}`;
  return await askPages(
    { urlOf, key: 'projects', entryOf: projectOf, size: PAGE_SIZE, most: PAGES_AT_MOST },
    send,
  );
}

/** A host of its own in Huawei Cloud; elsewhere the one that the user has named. */
export function projectsOrigin({ endpoint, region }: Target): string {
  return region !== null && isBuildHost(new URL(endpoint).host)
    ? `https://${projectHostOf(region)}`
    : endpoint;
}

function projectOf(value: unknown): Project | null {
  const [id, name] = [stringAt(value, 'project_id'), stringAt(value, 'project_name')];
  return id === null ? null : { id, name: outsideText(name ?? id, 200) };
}
