import { shownCredentials } from '../codearts/shown-credentials.ts';
import { triggerRequest } from '../codearts/trigger.ts';
import type { PushEvent } from '../event/push-event.ts';
import { accessContext, targetOf } from './access-context.ts';
import type { CommandContext } from './define.ts';
import type { RepositoryState } from './repository-state.ts';

/** A request as it is shown: without secrets. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The request of an event as this process would send it, its secrets hidden; null while there is none. */
export async function shownRequest(
  event: Pick<PushEvent, 'endpoint' | 'iamUrl' | 'region' | 'job' | 'payload' | 'execute'>,
  state: RepositoryState,
  context: CommandContext,
): Promise<ShownRequest | null> {
  const { endpoint, iamUrl = null, region, job, payload, execute } = event;
  if (endpoint === null || job === null || payload === null) return null;
  const request = triggerRequest(endpoint, job.id, payload, execute);
  const own = { state, endpoint: state.endpoint, target: targetOf(state.endpoint) };
  const proof = await shownCredentials(
    request,
    { endpoint, iamUrl, region },
    { context: await accessContext(own, context), at: context.effects.clock.now() },
  );
  const { method, url, headers, body } = request;
  return { method, url, headers: { ...headers, ...proof }, body: JSON.parse(body) };
}
