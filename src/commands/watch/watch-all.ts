import { makeAuthorizer } from '../../codearts/authorize.ts';
import { readPreferences } from '../../config/preferences.ts';
import { ExitCode } from '../../core/exit-code.ts';
import { t } from '../../core/translate.ts';
import { isInLine } from '../../delivery/lanes.ts';
import { endSoon, interrupted } from '../../platform/node.ts';
import { accessContext, targetOf } from '../access-context.ts';
import type { CommandContext } from '../define.ts';
import type { RepositoryState } from '../repository-state.ts';
import { type Aim, type Sighted, sight } from './aim.ts';
import { follow } from './follow.ts';
import { type WatchItem, watchItem } from './item.ts';
import { keepDelivered } from './keep-delivered.ts';
import { notifyOfEnd } from './notify-of-end.ts';
import { type Report, makeReport } from './report.ts';

/** How it is watched. */
export interface WatchOptions {
  readonly isJson: boolean;
  readonly hasLog: boolean;
  /** When it is given up, milliseconds from now; null: never. */
  readonly timeoutMs: number | null;
}

const TICK_MS = 200;
/** What is not confirmed by then is asked again later; nobody knows when. */
const CONFIRM_PATIENCE_MS = 60_000;

/** When to stop: the user wants it, or it takes too long. */
interface Stop {
  readonly isStopped: () => boolean;
  readonly isInterrupted: () => boolean;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Watches what an aim comes to until all of it has ended: first the confirmation and the delivery, then the builds,
 * several at once. Gives the exit code by what became of them, design.md section 4.
 */
export async function watchAll(
  aim: Aim,
  state: RepositoryState,
  options: WatchOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const stop = stopOf(options, context);
  const report = makeReport(options.isJson, context);
  try {
    const goOn = keepDelivered(state, context);
    const sighted = await sightAll(aim, state, { report, stop, context, goOn });
    const items = sighted.events.map(watchItem);
    await followAll(items, state, { report, stop, options, context, goOn });
    report.close();
    return leave(items, sighted, { stop, context });
  } finally {
    report.close();
  }
}

function stopOf({ timeoutMs }: WatchOptions, { effects: { clock } }: CommandContext): Stop {
  let isInterrupted = false;
  const wish = (async () => {
    await interrupted();
    isInterrupted = true;
  })();
  const deadline = timeoutMs === null ? null : clock.now() + timeoutMs;
  return {
    isInterrupted: () => isInterrupted,
    isStopped: () => isInterrupted || (deadline !== null && clock.now() >= deadline),
    wait: async (ms) => {
      const left = deadline === null ? ms : Math.min(ms, Math.max(deadline - clock.now(), 0));
      await Promise.race([clock.sleep(left), wish]);
    },
  };
}

interface Tools {
  readonly report: Report;
  readonly stop: Stop;
  readonly context: CommandContext;
  readonly goOn: ReturnType<typeof keepDelivered>;
}

/** Waits until it is known what the remote took. */
async function sightAll(
  aim: Aim,
  state: RepositoryState,
  { report, stop, context, goOn }: Tools,
): Promise<Sighted> {
  const { clock } = context.effects;
  const until = clock.now() + CONFIRM_PATIENCE_MS;
  for (;;) {
    const sighted = await sight(aim, state.spools);
    const { events, open, isSettling, pushedAt } = sighted;
    await goOn(isSettling || open.length > 0 || events.some(isInLine), pushedAt);
    const isKnown = open.length === 0 && !isSettling;
    if (isKnown || stop.isStopped() || clock.now() > until) return sighted;
    report.tick(events.map(watchItem), open);
    await stop.wait(TICK_MS);
  }
}

async function followAll(
  items: readonly WatchItem[],
  state: RepositoryState,
  { report, stop, options, context, goOn }: Tools & { readonly options: WatchOptions },
): Promise<void> {
  const { clock } = context.effects;
  const { notify } = await readPreferences(context.effects.env);
  const { endpoint } = state;
  const authorizer = makeAuthorizer(
    await accessContext({ state, endpoint, target: targetOf(endpoint) }, context),
  );
  const notified: Promise<void>[] = [];
  const changed = (item: WatchItem): void => {
    report.changed(item);
    if (item.end !== null) notified.push(notifyOfEnd(item, notify, context));
  };
  const tools = {
    spools: state.spools,
    authorizer,
    now: () => clock.now(),
    wait: stop.wait,
    isStopped: stop.isStopped,
    changed,
    log: options.hasLog ? report.log : null,
  };
  const following = Promise.all(items.map((item) => follow(item, tools)));
  // A request may be under way when the user wants to go: it is not waited for.
  while (!stop.isStopped()) {
    report.tick(items, []);
    const waiting = items.filter(({ end, event }) => end === null && isInLine(event));
    await goOn(waiting.length > 0, Math.max(0, ...waiting.map(({ event }) => event.endedAt)));
    const isDone = await Promise.race([following, stop.wait(TICK_MS)]);
    if (isDone) break;
  }
  await Promise.all(notified);
}

function leave(
  items: readonly WatchItem[],
  { open }: Sighted,
  { stop, context }: Pick<Tools, 'stop' | 'context'>,
): ExitCode {
  const left = items.filter(({ end }) => end === null);
  const isLeft = left.length + open.length > 0;
  if (stop.isStopped()) endSoon();
  if (stop.isInterrupted()) context.say(isLeft ? t`stopped watching; to go on:` : t`stopped watching`);
  else if (left.length > 0) context.say(t`not ended in that time; to go on:`);
  else if (open.length > 0) context.say(t`not confirmed by the remote yet; to go on:`);
  else if (items.length === 0) context.say(t`the push has started no build`);
  // On a line of its own, to be copied.
  if (isLeft)
    context.say(`  ${['codearts-hooks watch', ...left.map(({ event }) => event.id.slice(0, 7))].join(' ')}`);
  return stop.isInterrupted() ? ExitCode.Interrupted : exitCodeOf(items, open.length);
}

function exitCodeOf(items: readonly WatchItem[], openCount: number): ExitCode {
  const ends = items.map(({ end }) => end);
  if (ends.includes('failed')) return ExitCode.Failed;
  if (ends.includes('refused')) return ExitCode.Authentication;
  return openCount > 0 || ends.includes('pending') || ends.includes(null) ? ExitCode.Pending : ExitCode.Ok;
}
