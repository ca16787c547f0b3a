import { lastDeliverer } from '../../delivery/lock-folder.ts';
import { isRunning } from '../../platform/processes.ts';
import type { Spool } from '../../spool/spool.ts';
import { deliverInBackground } from '../ask.ts';
import type { CommandContext } from '../define.ts';
import type { RepositoryState } from '../repository-state.ts';

/** So long a push's own runner may take to begin. */
const FRESH_MS = 3000;
/** So long one that was started here may take, before another is; each time longer. */
const PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * Sees to it that what is watched goes on: whoever begins to look wants what waits to be tried now, and later as soon
 * as nobody delivers any more: the runner may have been killed, or have stayed as long as it may. To be called every
 * now and then.
 */
export function keepDelivered(
  state: RepositoryState,
  context: CommandContext,
): (isWaiting: boolean, pushedAt: number) => Promise<void> {
  const { clock } = context.effects;
  let isFirst = true;
  let notBefore = 0;
  let pauseMs = PAUSE_MS;
  return async (isWaiting, pushedAt) => {
    const now = clock.now();
    const isWanted = isFirst;
    isFirst = false;
    if (!isWaiting || !state.isInstalled || now - pushedAt < FRESH_MS || now < notBefore) return;
    if (!isWanted && (await isDelivered(state.spools))) return;
    notBefore = now + pauseMs;
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    await deliverInBackground(state, context);
  };
}

/** Whether a process delivers there. */
async function isDelivered(spools: readonly Spool[]): Promise<boolean> {
  const owners = await Promise.all(spools.map(lastDeliverer));
  return owners.some((owner) => owner !== null && isRunning(owner));
}
