import { whyInvalid } from '../config/problem-text.ts';
import type { Job } from '../config/schema.ts';
import type { Oid } from '../core/oid.ts';
import { stored } from '../core/translate.ts';
import { judgePush } from '../event/judge-push.ts';
import { kindOf } from '../event/kind.ts';
import { type EventSource, type PushEvent, eventId } from '../event/push-event.ts';
import { unapproved } from '../event/unapproved.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import { withoutFetching } from '../platform/git.ts';
import type { Evidence } from '../push/confirm.ts';
import type { LogWord } from '../push/evidence.ts';
import type { Place, ResolvedConfig } from './place.ts';
import { requestParts } from './request-parts.ts';

/** A confirmed update, with all that its events need to know of the push. */
export interface ConfirmedUpdate {
  readonly update: RefUpdate;
  readonly evidence: Evidence;
  /** Of `reflog`: what the log says. */
  readonly log?: LogWord;
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
  const { update, noteId } = confirmed;
  const { config } = resolved.loaded;
  // The processes of git run side by side: the build waits for them.
  const [kind, choice] = await Promise.all([
    kindOf(update.before, update.after, withoutFetching(place.git)),
    config ? judgePush(place, confirmed, config) : null,
  ]);
  const after = choice?.after ?? update.after;
  const base = {
    ...baseEvent(confirmed, place),
    kind,
    after,
    tag: after === update.after ? null : update.after,
    region: resolved.endpoint.kind === 'endpoint' ? resolved.endpoint.region : null,
    endpoint: resolved.endpoint.kind === 'endpoint' ? resolved.endpoint.url : null,
    iamUrl: resolved.endpoint.kind === 'endpoint' ? resolved.endpoint.iamUrl : null,
    onUnknown: resolved.loaded.config?.['on-unknown'] ?? 'resend',
  };
  if (!choice?.list || choice.jobs.length === 0) {
    const reason = choice?.reason ?? configProblem(resolved);
    const state: State = choice
      ? { state: 'skipped', hold: null, reason }
      : { state: 'held', hold: 'config', reason };
    return [{ ...base, ...state, id: eventId(noteId, update.ref, ''), job: null, payload: null }];
  }
  const { before, list } = choice;
  const push = { ref: update.ref, before: before ?? update.before, after, list, url: confirmed.url };
  return choice.jobs.map((job) => ({
    ...base,
    ...stateFor(job, after, resolved),
    ...requestParts(job, push),
    id: eventId(noteId, update.ref, job.name),
    job: { id: job.id, name: job.name },
  }));
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

/** Whether an event may be sent: what the config says must be approved, and must say where to. */
export function stateFor(
  job: Pick<Job, 'name' | 'trigger'>,
  after: Oid,
  { endpoint, isTrusted }: ResolvedConfig,
): State {
  if (after.length !== 40 && job.trigger !== 'execute') {
    const reason = stored`auto-execute does not take the SHA-256 object names of this repository; set "trigger": "execute"`;
    return { state: 'failed', hold: null, reason };
  }
  if (!isTrusted) return unapproved(job);
  if (endpoint.kind === 'none') return { state: 'held', hold: 'endpoint', reason: endpoint.reason };
  return { state: 'queued', hold: null, reason: null };
}

/** What keeps the config from telling the jobs, in one sentence. */
function configProblem({ loaded }: ResolvedConfig): string {
  if (loaded.path === null) return stored`there is no codearts-hooks.json`;
  return whyInvalid(loaded);
}
