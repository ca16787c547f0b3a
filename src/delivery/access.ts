import type { Access, Authorizer } from '../codearts/authorize.ts';
import type { Held } from '../codearts/choose-proof.ts';
import { stored } from '../core/translate.ts';
import type { PushEvent } from '../event/push-event.ts';

/** What an event needs to be sent, or why this process cannot send it. */
export async function accessTo(event: PushEvent, authorizer: Authorizer): Promise<Access> {
  const target = targetOf(event);
  return target === null ? NOWHERE : await authorizer.access(target);
}

/** Why it cannot be sent, as far as that is known without asking anybody; null: nothing is. */
export async function checkAccess(event: PushEvent, authorizer: Authorizer): Promise<Held | null> {
  const target = targetOf(event);
  return target === null ? NOWHERE : await authorizer.check(target);
}

const NOWHERE: Held = { kind: 'held', hold: 'endpoint', reason: stored`no region and no endpoint is set` };

function targetOf({ endpoint, iamUrl, region }: PushEvent) {
  return endpoint === null ? null : { endpoint, iamUrl: iamUrl ?? null, region };
}
