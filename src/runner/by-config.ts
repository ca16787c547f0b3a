import type { PushEvent } from '../event/push-event.ts';
import { stateFor } from './fan-out.ts';
import { openPlace, resolveConfig } from './place.ts';
import { executePart } from './request-parts.ts';
import type { RunContext } from './run-context.ts';

/**
 * An event by the config as it is now: what it says of the event's job, found by name, and where it goes, is what
 * must be approved. Null: no job is called so any more.
 */
export async function byConfig(event: PushEvent, run: RunContext): Promise<PushEvent | null> {
  const place = await openPlace(event, run);
  const resolved = await resolveConfig(place, run.commonDir, run.effects.env, event.after);
  const job = resolved.loaded.config?.jobs.find(({ name }) => name === event.job?.name);
  if (!job) return null;
  const { endpoint } = resolved;
  const { execute: _before, ...rest } = event;
  return {
    ...rest,
    ...stateFor(job, event.after, resolved),
    ...executePart(job, event),
    job: { id: job.id, name: job.name },
    endpoint: endpoint.kind === 'endpoint' ? endpoint.url : null,
    iamUrl: endpoint.kind === 'endpoint' ? endpoint.iamUrl : null,
    region: endpoint.kind === 'endpoint' ? endpoint.region : null,
  };
}
