import type { Build } from './build-counter.ts';

/** How builds end; the service's words. */
export const BUILD_RESULTS = ['SUCCESS', 'FAILURE', 'ABORTED', 'SCHEDULE_FAILURE'] as const;

export type BuildResult = (typeof BUILD_RESULTS)[number];

/** What becomes of a build after its start. Durations are in milliseconds. */
export interface BuildPlan {
  /** In the queue. */
  readonly queueMs: number;
  /** On a runner; 0 for SCHEDULE_FAILURE, which finds none. */
  readonly runMs: number;
  readonly result: BuildResult;
  /** What the record says of a failure; '' for nothing. */
  readonly message: string;
  /** Lines that the build prints, spread over its run. */
  readonly log: readonly string[];
}

/** A build that the service has started, as its history tells of it. */
export interface RecordedBuild {
  readonly build: Build;
  /** The body's `after`; null when it had none. */
  readonly commitId: string | null;
  /** A branch or a tag, without `refs/...`; null when the body had no `ref`. */
  readonly branch: string | null;
  /** The message of that commit; null when the body had none. */
  readonly message: string | null;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly plan: BuildPlan;
  /** When somebody stopped it, milliseconds since 1970; null: nobody has. */
  stoppedAt: number | null;
}

/** Where a build is at an instant; times are milliseconds since 1970, null for what has not come yet. */
export interface BuildLife {
  readonly state: 'InQueue' | 'Running' | BuildResult;
  readonly runsSince: number | null;
  readonly finishedAt: number | null;
  readonly message: string;
  /** Printed so far. */
  readonly log: readonly string[];
}

/** Four seconds in all, so that whoever tries it sees each state, and waits for none. */
export const USUAL_PLAN: BuildPlan = {
  queueMs: 1000,
  runMs: 3000,
  result: 'SUCCESS',
  message: '',
  log: [
    '[INFO] [checkout] : step started',
    '[INFO] [checkout] : step finished',
    '[INFO] [build] : step started',
    'compiling 128 files',
    '[INFO] [build] : step finished',
    '[INFO] [upload] : step finished',
  ],
};

/** Where a build is at `now`. One that was stopped ends there. */
export function lifeOf({ startedAt, plan, stoppedAt }: RecordedBuild, now: number): BuildLife {
  const runsAt = startedAt + plan.queueMs;
  const endsAt = runsAt + plan.runMs;
  const isStopped = stoppedAt !== null && stoppedAt <= now && stoppedAt < endsAt;
  const until = isStopped ? stoppedAt : now;
  const share = plan.runMs === 0 ? 0 : Math.min(Math.max((until - runsAt) / plan.runMs, 0), 1);
  const printed = plan.log.slice(0, Math.floor(share * plan.log.length));
  const runsSince = until >= runsAt && plan.runMs > 0 ? runsAt : null;
  if (isStopped) return { state: 'ABORTED', runsSince, finishedAt: stoppedAt, message: '', log: printed };
  if (now >= endsAt) {
    return { state: plan.result, runsSince, finishedAt: endsAt, message: plan.message, log: printed };
  }
  const state = now < runsAt ? 'InQueue' : 'Running';
  return { state, runsSince, finishedAt: null, message: '', log: printed };
}

/** Whether it has ended. */
export function isEnded({ finishedAt }: BuildLife): boolean {
  return finishedAt !== null;
}
