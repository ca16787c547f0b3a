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
  const { update, url } = confirmed;
  const { git } = place;
  const after = await commitIn(git, update.ref, update.after);
  // The processes of git run side by side: the build waits for them.
  const [kind, selected] = await Promise.all([
    kindOf(update.before, update.after, git),
    select(confirmed, after, { place, resolved }),
  ]);
  const base = {
    ...baseEvent(confirmed, place),
    kind,
    after: after ?? update.after,
    tag: after !== null && after !== update.after ? update.after : null,
    region: resolved.endpoint.kind === 'endpoint' ? resolved.endpoint.region : null,
    endpoint: resolved.endpoint.kind === 'endpoint' ? resolved.endpoint.url : null,
    onUnknown: resolved.loaded.config?.['on-unknown'] ?? 'resend',
  };
  if (selected.kind === 'none') {
    const id = eventId(confirmed.noteId, update.ref, '');
    return [{ ...base, ...selected.state, id, job: null, payload: null }];
  }
  const { commits, before } = selected;
  return selected.jobs.map((job) => ({
    ...base,
    ...stateFor(job, base.after, resolved),
    id: eventId(confirmed.noteId, update.ref, job.name),
    job: { id: job.id, name: job.name },
    payload: fitPayload({
      event_type: job['event-type'],
      ref: update.ref,
      before,
      after: base.after,
      commits,
      repository: repositoryOf(url),
    }),
  }));
}

type Selected =
  | { readonly kind: 'none'; readonly state: State }
  | {
      readonly kind: 'jobs';
      readonly jobs: readonly Job[];
      readonly before: Oid;
      readonly commits: readonly Commit[];
    };

async function select(
  confirmed: ConfirmedUpdate,
  after: Oid | null,
  { place, resolved }: { readonly place: Place; readonly resolved: ResolvedConfig },
): Promise<Selected> {
  const none = (state: State): Selected => ({ kind: 'none', state });
  const { update, remote, url } = confirmed;
  const { config } = resolved.loaded;
  if (!config) return none({ state: 'held', hold: 'config', reason: configProblem(resolved) });
  const selection = selectJobs(config.jobs, update, await remoteContext(place, remote, url));
  if (selection.jobs.length === 0) return none(skipped(selection.reason ?? 'no job asks for it'));
  if (after === null) return none(skipped(`${update.ref} is no commit`));
  const before = (await commitIn(place.git, update.ref, update.before)) ?? update.before;
  const commits = await commitsOf(confirmed, after, place.git, config.commits);
  return { kind: 'jobs', jobs: selection.jobs, before, commits };
}

/** The commit that a value of a ref stands for: branches are commits, tags are peeled; null when there is none. */
async function commitIn(git: Git, ref: string, value: Oid): Promise<Oid | null> {
  return isZeroOid(value) || ref.startsWith('refs/heads/') ? value : await peelCommit(git, value);
}

function baseEvent(
  { update, source, noteId, startedAt, endedAt, evidence, pushProcess, remote, url }: ConfirmedUpdate,
  { tree, git }: Place,
) {
  return {
    v: 1 as const,
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
    cwd: tree,
    gitDir: git.gitDir,
    attempts: [],
    nextAttemptAt: null,
    notBefore: null,
    queuedAt: endedAt,
    looks: 0,
    isResent: false,
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
function configProblem({ loaded }: ResolvedConfig): string {
  if (loaded.path === null) return 'there is no codearts-hooks.json';
  const [first] = loaded.problems;
  if (!first) return `${loaded.path} is not valid`;
  const key = first.key === '' ? '' : `${first.key} `;
  return `${loaded.path}:${first.line}:${first.column}: ${key}${first.message}`;
}
