import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { userFolders } from '../config/user-folders.ts';
import type { Effects } from '../platform/effects.ts';
import { withUserLock } from '../platform/lock.ts';
import { secretOf } from './choose-proof.ts';
import { REFUSALS_AT_MOST, type Refusals } from './refusals.ts';
import type { SentProof } from './transmit.ts';

/** Two requests that nobody answers. */
const PATIENCE_MS = 45_000;

/** What is to be sent, and where. */
export interface Trial {
  readonly host: string;
  readonly proof: SentProof;
  readonly refusals: Refusals;
  readonly context: Pick<Effects, 'env' | 'clock'>;
}

/**
 * Sends with a key. As long as a host has never taken it, one request after the other, of all processes of the user:
 * a wrong key in a dozen repositories that push at once would be locked for everybody.
 *
 * @param sendAll `isUsedUp`: others have had it refused meanwhile, so often that it is not to be sent
 */
export async function inTurn<T>(
  { host, proof, refusals, context }: Trial,
  sendAll: (isUsedUp: boolean) => Promise<T>,
): Promise<T> {
  const cache = userFolders(context.env)?.cache;
  const secret = secretOf(proof.origin);
  if (proof.kind !== 'key' || !cache || (await refusals.hasTaken(host, secret))) return await sendAll(false);
  const folder = join(cache, `trial-${nameOf(host)}.lock`);
  return await withUserLock(folder, { clock: context.clock, patienceMs: PATIENCE_MS }, async () => {
    const { count } = await refusals.of(host, secret);
    return await sendAll(count >= REFUSALS_AT_MOST);
  });
}

function nameOf(host: string): string {
  return createHash('sha256').update(host).digest('hex').slice(0, 16);
}
