import { listJobs } from '../../codearts/jobs.ts';
import type { ListedJob } from '../../codearts/jobs.ts';
import { t } from '../../core/translate.ts';
import { plainText } from '../../ui/plain-text.ts';
import type { CommandContext } from '../define.ts';
import type { RepositoryState } from '../repository-state.ts';
import { warning } from '../warning.ts';
import type { Asker } from './asker.ts';
import { chooseJob } from './choose-job.ts';
import { chooseProject } from './choose-project.ts';
import { chooseRegion, originUrl } from './choose-region.ts';
import { chooseRules, saidRules } from './choose-rules.ts';
import { type NewJob, freeName } from './edit-config.ts';
import { repositoryName } from './rank-jobs.ts';
import { type Service, reachService } from './reach-service.ts';
import type { Wishes } from './wishes.ts';

/** What goes into the config. */
export interface Draft {
  /** Null: the config stays as it is. */
  readonly job: NewJob | null;
  readonly region: string | null;
  /** Whether the config does not have it yet. */
  readonly isNewJob: boolean;
  readonly isLoginNew: boolean;
}

/** Finds out, by asking the user and the service, which job pushes are to start. Writes nothing but credentials. */
export async function draftJob(
  state: RepositoryState,
  wishes: Wishes,
  asker: Asker | null,
  context: CommandContext,
): Promise<Draft> {
  const jobs = state.loaded.config?.jobs ?? [];
  if (jobs.length > 0 && wishes.job === null && !(await wantsAnother(state, asker))) {
    context.say(t`${state.loaded.path ?? ''} stays as it is: it starts ${namesOf(state)}`);
    return { job: null, region: null, isNewJob: false, isLoginNew: false };
  }
  const region = await chooseRegion(state, wishes, asker, context);
  const service = await reachService(region, asker, context);
  const remoteUrl = originUrl(state);
  const list = once(() => jobsOf(service, { wanted: wishes.project, remoteUrl }, asker, context));
  const chosen = await chooseJob(wishes.job, { service, list, remoteUrl }, asker, context);
  const known = jobs.find(({ id }) => id === chosen.id);
  const name =
    known?.name ??
    freeName(
      wishes.name ?? (chosen.isNamed ? chosen.name : repositoryName(remoteUrl ?? '') || 'ci'),
      jobs.map((job) => job.name),
    );
  // Of a job that the config has, only what was said is changed.
  const rules = known ? saidRules(wishes) : await chooseRules(state.git, wishes, asker);
  return {
    job: { name, id: chosen.id, ...rules },
    region,
    isNewJob: known === undefined,
    isLoginNew: service?.isLoginNew ?? false,
  };
}

async function wantsAnother(state: RepositoryState, asker: Asker | null): Promise<boolean> {
  if (!asker) return false;
  const { path } = state.loaded;
  const wish = await asker.select(t`${path ?? ''} starts ${namesOf(state)} already. What now?`, [
    { value: 'keep', label: t`keep it, and set up this clone` },
    { value: 'add', label: t`add a job` },
  ]);
  return wish === 'add';
}

function namesOf({ loaded }: RepositoryState): string {
  return (loaded.config?.jobs ?? []).map(({ name }) => plainText(name, 100)).join(', ');
}

async function jobsOf(
  service: Service | null,
  from: Parameters<typeof chooseProject>[1],
  asker: Asker | null,
  context: CommandContext,
): Promise<readonly ListedJob[] | null> {
  if (service === null) return null;
  const projectId = await chooseProject(service, from, asker, context);
  if (projectId === null) return null;
  const answer = await listJobs({ endpoint: service.target.endpoint, projectId }, service.send);
  if (answer.kind === 'answer') return answer.value;
  context.say(warning(t`the jobs of the project cannot be listed: ${answer.reason}`, context));
  return null;
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => (answer ??= ask());
}
