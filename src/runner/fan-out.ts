import type { Job } from '../config/schema.ts';
import { type Oid, isZeroOid } from '../core/oid.ts';
import { type Commit, listCommits } from '../event/commits.ts';
import { kindOf } from '../event/kind.ts';
import { fitPayload } from '../event/payload.ts';
import { type EventSource, type PushEvent, eventId } from '../event/push-event.ts';
import { repositoryOf } from '../event/repository.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import type { Git } from '../platform/git.ts';
import type { Evidence } from '../push/confirm.ts';
import { selectJobs } from '../rules/select-jobs.ts';
import { peelCommit, refsBeforePush } from './objects.ts';
import { type Place, type ResolvedConfig, remoteContext } from './place.ts';

/** A confirmed update, with all that its events need to know of the push. */
export interface ConfirmedUpdate {
  readonly update: RefUpdate;
  readonly evidence: Evidence;
  readonly source: EventSource;
  readonly noteId: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly pushProcess: string | null;
  readonly remote: string;
  readonly url: string;
  /** All updates of the push: what the remote had before is told from them. */
  readonly siblings: readonly RefUpdate[];
}

/** An event that has no place in the order yet. */
export type DraftEvent = Omit<PushEvent, 'seq'>;

type State = Pick<DraftEvent, 'state' | 'hold' | 'reason'>;

/** The events of one update: one for each job that asks for it, or one that says why there is none. */
export async function fanOut(
  confirmed: ConfirmedUpdate,
  place: Place,
  resolved: ResolvedConfig,
): Promise<DraftEvent[]> {
  const { update, remote, url } = confirmed;
  const { git } = place;
  const isBranch = update.ref.startsWith('refs/heads/');
  const after = isZeroOid(update.after) || isBranch ? update.after : await peelCommit(git, update.after);
  const base = {
    ...(await baseEvent(confirmed, place)),
    after: after ?? update.after,
    tag: after !== null && after !== update.after ? update.after : null,
    region: resolved.endpoint.kind === 'endpoint' ? resolved.endpoint.region : null,
    endpoint: resolved.endpoint.kind === 'endpoint' ? resolved.endpoint.url : null,
  };
  const single = (state: State): DraftEvent[] => [
    { ...base, ...state, id: eventId(confirmed.noteId, update.ref, ''), job: null, payload: null },
  ];
  const { config } = resolved.loaded;
  if (!config) return single({ state: 'held', hold: 'config', reason: configProblem(resolved) });
  const selection = selectJobs(config.jobs, update, await remoteContext(place, remote, url));
  if (selection.jobs.length === 0) return single(skipped(selection.reason ?? 'no job asks for it'));
  if (after === null) return single(skipped(`${update.ref} is no commit`));
  const commits = await commitsOf(confirmed, after, git, config.commits);
  return selection.jobs.map((job) => {
    const payload = fitPayload({
      event_type: job['event-type'],
      ref: update.ref,
      before: update.before,
      after,
      commits,
      repository: repositoryOf(url),
    });
    return {
      ...base,
      ...stateFor(job, after, resolved),
      id: eventId(confirmed.noteId, update.ref, job.name),
      job: { id: job.id, name: job.name },
      payload,
    };
  });
}

async function baseEvent(
  { update, source, noteId, startedAt, endedAt, evidence, pushProcess, remote, url }: ConfirmedUpdate,
  { cwd, git }: Place,
): Promise<
  Omit<
    DraftEvent,
    'id' | 'state' | 'hold' | 'reason' | 'job' | 'payload' | 'after' | 'tag' | 'region' | 'endpoint'
  >
> {
  return {
    v: 1,
    source,
    noteId,
    startedAt,
    endedAt,
    evidence,
    pushProcess,
    remote,
    url,
    ref: update.ref,
    before: update.before,
    kind: await kindOf(update.before, update.after, git),
    cwd,
    gitDir: git.gitDir,
    attempts: [],
    nextAttemptAt: null,
    notBefore: null,
    build: null,
  };
}

async function commitsOf(
  { update, siblings, remote }: ConfirmedUpdate,
  after: Oid,
  git: Git,
  limits: { readonly max: number; readonly 'max-message-bytes': number },
): Promise<readonly Commit[]> {
  const known = isZeroOid(update.before) ? await refsBeforePush(git, remote, siblings) : [update.before];
  const commits = await listCommits(git, after, known, {
    max: limits.max,
    maxMessageBytes: limits['max-message-bytes'],
  });
  return commits ?? [];
}

function skipped(reason: string): State {
  return { state: 'skipped', hold: null, reason };
}

/** Whether an event may be sent: what the config says must be approved, and must say where to. */
export function stateFor(job: Pick<Job, 'name'>, after: Oid, { endpoint, isTrusted }: ResolvedConfig): State {
  if (after.length !== 40) {
    const reason = 'this repository has SHA-256 object names, which CodeArts Build does not take';
    return { state: 'failed', hold: null, reason };
  }
  if (!isTrusted) {
    return { state: 'held', hold: 'untrusted', reason: `job ${job.name} is not approved on this machine` };
  }
  if (endpoint.kind === 'none') return { state: 'held', hold: 'endpoint', reason: endpoint.reason };
  return { state: 'queued', hold: null, reason: null };
}

/** What keeps the config from telling the jobs, in one sentence. */
export function configProblem({ loaded }: ResolvedConfig): string {
  if (loaded.path === null) return 'there is no codearts-hooks.json';
  const [first] = loaded.problems;
  if (!first) return `${loaded.path} is not valid`;
  const key = first.key === '' ? '' : `${first.key} `;
  return `${loaded.path}:${first.line}:${first.column}: ${key}${first.message}`;
}
