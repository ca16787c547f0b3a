import { join } from 'node:path';
import type { Clock } from '../platform/effects.ts';
import { waitForLock } from '../platform/lock.ts';
import type { Spool } from './spool.ts';

const PATIENCE_MS = 60_000;

/** The last in line of this process for each intake: only its first asks the file system. */
const lines = new Map<string, Promise<void>>();

/**
 * Does something to the intake of the spool while nobody else does: the choice of what is new, the order of
 * arrival, the cursors, and every change of an event but those of one that is being sent, which are its sender's
 * alone. False: another held it for too long; nothing is lost, what there is stays for later.
 */
export async function withIntakeLock(
  { root }: Spool,
  clock: Clock,
  work: () => Promise<void>,
  patienceMs = PATIENCE_MS,
): Promise<boolean> {
  const deadline = clock.now() + patienceMs;
  const folder = join(root, 'lock', 'intake');
  const turn = takeTurn(folder);
  await turn.isOurs;
  try {
    const lock = await waitForLock(folder, clock, deadline - clock.now());
    if (!lock) return false;
    try {
      await work();
      return true;
    } finally {
      await lock.release();
    }
  } finally {
    turn.end();
  }
}

function takeTurn(folder: string): { readonly isOurs: Promise<void>; readonly end: () => void } {
  const isOurs = lines.get(folder) ?? Promise.resolve();
  let end = (): void => undefined;
  const turn = new Promise<void>((resolve) => {
    end = resolve;
  });
  lines.set(folder, turn);
  return {
    isOurs,
    end: () => {
      if (lines.get(folder) === turn) lines.delete(folder);
      end();
    },
  };
}
