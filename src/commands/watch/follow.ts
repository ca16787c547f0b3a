import type { Authorizer } from '../../codearts/authorize.ts';
import { type BuildInfo, type BuildName, isOver, readBuildInfo } from '../../codearts/build-info.ts';
import type { Send } from '../../codearts/build-history.ts';
import { isRefusal } from '../../codearts/choose-proof.ts';
import type { ReadFailure } from '../../codearts/read-result.ts';
import { t } from '../../core/translate.ts';
import type { PushEvent } from '../../event/push-event.ts';
import { findEvent } from '../../spool/shelves.ts';
import type { Spool } from '../../spool/spool.ts';
import { type WatchItem, elapsedMs, endItem } from './item.ts';
import { LogReader } from './log-reader.ts';

/** What following takes. */
export interface FollowTools {
  readonly spools: readonly Spool[];
  readonly authorizer: Authorizer;
  readonly now: () => number;
  /** Resolves after that time, or at once when it is time to stop. */
  readonly wait: (ms: number) => Promise<void>;
  readonly isStopped: () => boolean;
  /** Something has changed that is to be told. */
  readonly changed: (item: WatchItem) => void;
  /** Whole lines of a build's log, as they come; null: nobody wants them. */
  readonly log: ((item: WatchItem, lines: readonly string[]) => void) | null;
}

const SPOOL_MS = 250;
/** A build that was started a moment ago may not be in the records yet. */
const RECORD_PATIENCE_MS = 20_000;
const SERVICE_PATIENCE_MS = 10 * 60_000;

/** Follows a trigger to the end of its build. Every change is told, the end too. */
export async function follow(item: WatchItem, tools: FollowTools): Promise<void> {
  await followDelivery(item, tools);
  if (item.end === null && !tools.isStopped()) await followBuild(item, tools);
}

async function followDelivery(item: WatchItem, tools: FollowTools): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const event = await reread(item.event, tools.spools);
    const before = item.event;
    if (event) item.event = event;
    else item.problem = t`its file is gone, or cannot be read`;
    if (item.event.state === 'delivered' && item.event.build) return;
    const end = event ? deliveryEnd(event) : 'pending';
    if (end !== null) endItem(item, end, tools.now());
    const isChange = before.state !== item.event.state || before.reason !== item.event.reason;
    // What is simply on its way has no reason to tell.
    if (end !== null || isChange || (isFirst && item.event.reason !== null)) tools.changed(item);
    if (end !== null || tools.isStopped()) return;
    await tools.wait(SPOOL_MS);
  }
}

/** What a trigger that has no build comes to; null: it is on its way. */
function deliveryEnd({ state, nextAttemptAt }: PushEvent) {
  switch (state) {
    case 'failed':
    case 'expired':
      return 'failed';
    case 'skipped':
    case 'superseded':
      return 'nothing';
    case 'held':
    case 'delivered':
      return 'pending';
    case 'ambiguous':
      // Nobody looks for its build before the user has done something.
      return nextAttemptAt === null ? 'pending' : null;
    default:
      return null;
  }
}

async function reread(event: PushEvent, spools: readonly Spool[]): Promise<PushEvent | null> {
  for (const spool of spools) {
    const found = await findEvent(spool, event);
    if (found) return found;
  }
  return null;
}

async function followBuild(item: WatchItem, tools: FollowTools): Promise<void> {
  const name = buildOf(item.event);
  if (!name) {
    endItem(item, 'pending', tools.now());
    tools.changed(item);
    return;
  }
  tools.changed(item);
  const log = tools.log && new LogReader(name, (lines) => tools.log?.(item, lines));
  let troubleSince: number | null = null;
  while (!tools.isStopped()) {
    const send = await sender(item, tools);
    if (send === null) return;
    const read = typeof send === 'function' ? await readBuildInfo(name, send) : send;
    if (tools.isStopped()) return;
    if (read.kind === 'build' && typeof send === 'function') {
      troubleSince = null;
      if (await takeInfo(item, read.build, { log, send, tools })) return;
    } else if (read.kind !== 'build') {
      troubleSince ??= tools.now();
      if (takeFailure(item, read, { since: troubleSince, tools })) return;
    }
    const trouble = troubleSince === null ? 0 : tools.now() - troubleSince;
    await tools.wait(Math.max(pollMs(elapsedMs(item, tools.now()), trouble), afterMsOf(read)));
  }
}

/** How long the service wants not to be asked. */
function afterMsOf(read: ReadFailure | { readonly kind: 'build' }): number {
  return read.kind === 'unreachable' ? read.afterMs : 0;
}

function buildOf({ endpoint, job, build }: PushEvent): BuildName | null {
  return endpoint === null || job === null || build === null
    ? null
    : { endpoint, jobId: job.id, number: build.number };
}

/**
 * Gives what sends requests, or why nothing can be sent now; null: nothing can be before the user does something, which
 * ends the item.
 */
async function sender(
  item: WatchItem,
  { authorizer, now, changed }: FollowTools,
): Promise<Send | ReadFailure | null> {
  const { endpoint, iamUrl = null, region } = item.event;
  const access = await authorizer.access({ endpoint: endpoint ?? '', iamUrl, region });
  if (access.kind === 'ready') return access.send;
  const { reason } = access;
  if (access.kind === 'later') return { kind: 'unreachable', reason, afterMs: access.afterMs };
  item.problem = reason;
  endItem(item, isRefusal(access) ? 'refused' : 'pending', now());
  changed(item);
  return null;
}

interface Taking {
  readonly log: LogReader | null;
  readonly send: Send;
  readonly tools: FollowTools;
}

/** @returns whether that is the end */
async function takeInfo(item: WatchItem, info: BuildInfo, { log, send, tools }: Taking): Promise<boolean> {
  const isChanged = item.info?.state !== info.state || item.problem !== null;
  item.info = info;
  item.problem = null;
  const isEnd = isOver(info.state);
  if (isChanged && !isEnd) tools.changed(item);
  if (info.state !== 'InQueue') await log?.read(send, isEnd);
  if (isEnd) {
    endItem(item, info.state === 'SUCCESS' ? 'succeeded' : 'failed', tools.now());
    tools.changed(item);
  }
  return isEnd;
}

/** @returns whether it is given up */
function takeFailure(
  item: WatchItem,
  failure: ReadFailure,
  { since, tools }: { readonly since: number; readonly tools: FollowTools },
): boolean {
  const troubleMs = tools.now() - since;
  const isNew = item.problem !== failure.reason;
  item.problem = failure.reason;
  const patienceMs = { refused: 0, forbidden: RECORD_PATIENCE_MS, unreachable: SERVICE_PATIENCE_MS }[
    failure.kind
  ];
  const isFinal = failure.kind === 'forbidden' && failure.status !== 404 && failure.status !== 422;
  // Nobody waits for what comes too late anyway.
  if (troubleMs + afterMsOf(failure) < patienceMs && !isFinal) {
    if (isNew && failure.kind === 'unreachable') tools.changed(item);
    return false;
  }
  endItem(item, failure.kind === 'refused' ? 'refused' : 'pending', tools.now());
  tools.changed(item);
  return true;
}

/** How long until the service is asked again: often at first, when most builds change, then less. */
function pollMs(elapsed: number, trouble: number): number {
  if (trouble > 0) return Math.min(Math.max(trouble / 2, 1000), 30_000);
  if (elapsed < 20_000) return 700;
  return elapsed < 120_000 ? 2000 : 5000;
}
