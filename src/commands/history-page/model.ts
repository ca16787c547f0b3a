import type { BuildState } from '../../codearts/build-info.ts';
import { consoleUrl } from '../../codearts/console-url.ts';
import type { HistoryRow, TrackedRow } from '../rows.ts';
import type { BuildEnds } from './read-ends.ts';

/** One trigger of a push, with what became of it. */
export interface PageTrigger {
  readonly row: HistoryRow;
  /** From the end of the push to the service's acceptance, milliseconds; null: not accepted. */
  readonly delayMs: number | null;
  /** What the service says of its build; null: there is none, or it was not told. */
  readonly state: BuildState | null;
  readonly durationMs: number | null;
  /** In the console; null: not known. */
  readonly url: string | null;
}

/** A push, with all that it has started. */
export interface PagePush {
  readonly pushedAt: string;
  readonly remote: string;
  readonly triggers: readonly PageTrigger[];
}

/** What the page shows. */
export interface PageModel {
  readonly repository: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  /** Newest first. */
  readonly pushes: readonly PagePush[];
  readonly delivered: number;
  /** Failed or expired. */
  readonly lost: number;
  readonly waiting: number;
  /** Builds that have ended, as far as the service has told, and those of them that succeeded. */
  readonly ended: number;
  readonly succeeded: number;
  /** Of the delays of accepted triggers, milliseconds; null: there is none. */
  readonly medianDelayMs: number | null;
}

const WAITING: readonly HistoryRow['state'][] = ['unconfirmed', 'queued', 'sending', 'ambiguous', 'held'];

/** Makes the model of a page of rows, newest first. */
export function pageModel(
  tracked: readonly TrackedRow[],
  about: Pick<PageModel, 'repository' | 'madeAt'> & { readonly ends: BuildEnds },
): PageModel {
  const pushes = new Map<string, { pushedAt: string; remote: string; triggers: PageTrigger[] }>();
  for (const one of tracked) {
    const { noteId, row } = one;
    const push = pushes.get(noteId) ?? { pushedAt: row.pushedAt, remote: row.remote, triggers: [] };
    push.triggers.push(triggerOf(one, about.ends));
    pushes.set(noteId, push);
  }
  const triggers = [...pushes.values()].flatMap((push) => push.triggers);
  const count = (isMeant: (trigger: PageTrigger) => boolean): number => triggers.filter(isMeant).length;
  const delays = triggers.flatMap(({ delayMs }) => delayMs ?? []).sort((a, b) => a - b);
  return {
    repository: about.repository,
    madeAt: about.madeAt,
    pushes: [...pushes.values()],
    delivered: count(({ row }) => row.state === 'delivered'),
    lost: count(({ row }) => row.state === 'failed' || row.state === 'expired'),
    waiting: count(({ row }) => WAITING.includes(row.state)),
    ended: count(({ state }) => state !== null && state !== 'InQueue' && state !== 'Running'),
    succeeded: count(({ state }) => state === 'SUCCESS'),
    medianDelayMs: delays[Math.floor(delays.length / 2)] ?? null,
  };
}

function triggerOf({ row, event }: TrackedRow, ends: BuildEnds): PageTrigger {
  const accepted = row.attempts.findLast(({ outcome }) => outcome === 'accepted');
  const acceptedAt = accepted ? Date.parse(accepted.at) + (accepted.durationMs ?? 0) : null;
  const build = ends.get(row.id) ?? null;
  const url =
    event?.endpoint && row.job && row.build
      ? consoleUrl(
          { endpoint: event.endpoint, jobId: row.job.id, number: row.build.number },
          build?.projectId ?? null,
        )
      : null;
  return {
    row,
    delayMs: acceptedAt === null || !event ? null : Math.max(acceptedAt - event.endedAt, 0),
    state: build?.state ?? null,
    durationMs: build?.durationMs ?? null,
    url,
  };
}
