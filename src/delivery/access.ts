import { type Credentials, findCredentials } from '../codearts/credentials.ts';
import type { Hold, PushEvent } from '../event/push-event.ts';
import type { Env } from '../platform/effects.ts';

/** What an event needs to be sent, or why this process cannot send it. */
export type Access =
  | { readonly kind: 'ready'; readonly credentials: Extract<Credentials, { kind: 'token' }> }
  | { readonly kind: 'held'; readonly hold: Hold; readonly reason: string };

/** Secrets of this process go to the endpoint of this process alone. */
export function accessTo(event: PushEvent, endpoint: string | null, env: Env): Access {
  const held = (hold: Hold, reason: string): Access => ({ kind: 'held', hold, reason });
  if (event.endpoint === null) return held('endpoint', 'no region and no endpoint is set');
  const credentials = findCredentials(env);
  if (credentials.kind === 'none') return held('login', credentials.reason);
  if (event.endpoint !== endpoint) return held('login', `no credentials for ${event.endpoint}`);
  return { kind: 'ready', credentials };
}
