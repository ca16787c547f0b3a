import { fillPlaceholders } from '../config/placeholders.ts';
import type { Job } from '../config/schema.ts';
import { toUnicode } from '../core/bytes.ts';
import { branchOf, tagOf } from '../core/ref.ts';
import { stored } from '../core/translate.ts';
import { executeOrder } from '../event/execute.ts';
import { type RequestedPush, pushPayload } from '../event/payload.ts';
import type { PushEvent } from '../event/push-event.ts';

/** What of an event becomes the request of a job, with remarks on it. */
export function requestParts(
  job: Job,
  push: RequestedPush,
): Pick<PushEvent, 'payload' | 'execute' | 'remarks'> {
  const { ref, list } = push;
  const name = toUnicode(ref);
  const remarks = [
    ...list.remarks,
    ...(name === ref ? [] : [stored`the name of the ref is no UTF-8: U+FFFD stands for what is not`]),
  ];
  return {
    payload: pushPayload(job['event-type'], push),
    ...executePart(job, push),
    ...(remarks.length > 0 ? { remarks } : {}),
  };
}

/** What a job that is started by `execute` is told, by the config as it is now; nothing for the others. */
export function executePart(
  { trigger, parameters = {} }: Pick<Job, 'trigger' | 'parameters'>,
  { ref, before, after }: Pick<RequestedPush, 'ref' | 'before' | 'after'>,
): Pick<PushEvent, 'execute'> {
  if (trigger !== 'execute') return {};
  const name = toUnicode(ref);
  const names = { ref: name, branch: branchOf(name) ?? '', tag: tagOf(name) ?? '', before, after };
  const fill = (text: string): string => fillPlaceholders(text, names);
  return { execute: executeOrder({ ref: name, after }, parameters, fill) };
}
