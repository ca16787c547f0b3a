import type { BuildState } from '../../codearts/build-info.ts';
import { shortRef } from '../../core/ref.ts';
import { t } from '../../core/translate.ts';
import type { EventState } from '../../event/push-event.ts';
import { durationWords } from '../../ui/duration.ts';
import { plainText } from '../../ui/plain-text.ts';
import type { Paint } from '../../ui/style.ts';
import { reasonText } from '../reason-text.ts';
import { type WatchItem, elapsedMs } from './item.ts';

/** `shop-ci #218`; without a build the job alone, without a job the ref. */
export function titleOf({ event }: WatchItem): string {
  const name = plainText(event.job?.name ?? shortRef(event.ref), 40);
  return event.build ? `${name} #${plainText(event.build.number, 20)}` : name;
}

/** `main 2fdc017`. */
export function sourceOf({ event }: WatchItem): string {
  return `${plainText(shortRef(event.ref), 40)} ${event.after.slice(0, 7)}`;
}

/** Where it is now, in a few words, for a line that changes. */
export function stageWords(item: WatchItem, now: number): string {
  const time = durationWords(elapsedMs(item, now));
  if (item.problem !== null) return t`no answer, ${time}`;
  if (!item.event.build) return deliveryWords(item);
  if (item.info === null) return t`started`;
  return item.info.state === 'InQueue' ? t`in the queue, ${time}` : t`running, ${time}`;
}

/** A change in one line, for a pipe: every state once. */
export function changeWords(item: WatchItem, now: number): string {
  if (item.end !== null) return endWords(item, now);
  if (item.problem !== null) return t`no answer: ${reasonText(item.problem)}`;
  if (!item.event.build) return deliveryWords(item);
  if (item.info === null) return t`started`;
  return item.info.state === 'InQueue' ? t`in the queue` : t`running`;
}

function deliveryWords({ event: { state, reason } }: WatchItem): string {
  if (reason === null) return DELIVERY[state]();
  return state === 'queued' ? t`waits: ${reasonText(reason)}` : `${DELIVERY[state]()}: ${reasonText(reason)}`;
}

/** How it ended, in one line. */
export function endWords(item: WatchItem, now: number): string {
  const { end, info, event, problem } = item;
  const time = durationWords(info?.durationMs ?? elapsedMs(item, now));
  const why = info?.message ?? null;
  switch (end) {
    case 'succeeded':
      return t`succeeded in ${time}`;
    case 'failed': {
      if (!info) return t`not started: ${reasonText(event.reason ?? event.state)}`;
      const words = FAILURES[info.state]?.(time) ?? t`failed after ${time}`;
      return why === null ? words : `${words}: ${plainText(why)}`;
    }
    case 'nothing':
      return t`no build: ${reasonText(event.reason ?? event.state)}`;
    case 'refused':
      return t`its state cannot be read: ${reasonText(problem ?? '')}`;
    default:
      return event.build || problem !== null
        ? t`its state cannot be read: ${reasonText(problem ?? '')}`
        : t`waits: ${reasonText(event.reason ?? event.state)}`;
  }
}

/** The sign before an item: how it stands, also without colour. */
export function signOf({ end }: WatchItem, paint: Paint, spinner: string): string {
  switch (end) {
    case null:
      return paint('cyan', spinner);
    case 'succeeded':
      return paint('green', '✓');
    case 'failed':
    case 'refused':
      return paint('red', '✗');
    case 'pending':
      return paint('yellow', '!');
    case 'nothing':
      return paint('gray', '-');
  }
}

const DELIVERY: Readonly<Record<EventState, () => string>> = {
  queued: () => t`waits to be sent`,
  sending: () => t`being sent`,
  ambiguous: () => t`sent, the answer was lost; looking for its build`,
  held: () => t`waits for you`,
  delivered: () => t`started`,
  failed: () => t`failed`,
  expired: () => t`expired`,
  superseded: () => t`superseded`,
  skipped: () => t`no build`,
};

const FAILURES: Partial<Readonly<Record<BuildState, (time: string) => string>>> = {
  ABORTED: (time) => t`stopped after ${time}`,
  SCHEDULE_FAILURE: (time) => t`no runner was found in ${time}`,
};
