import { join } from 'node:path';
import type { Clock } from '../platform/effects.ts';
import { type Lock, waitForLock } from '../platform/lock.ts';
import type { Spool } from './spool.ts';

const PATIENCE_MS = 60_000;

/** Longer than another process sleeps between two looks at the lock. */
const YIELD_MS = 60;

/** Those of this process that want one intake: only the first asks the file system, and hands on what it has got. */
interface Line {
  /** Ends with the turn of the last. */
  last: Promise<unknown>;
  waiting: number;
  lock: Lock | null;
  /** Another process is to have its turn until then, milliseconds since 1970. */
  notBefore: number;
}

const lines = new Map<string, Line>();

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
  const line = lines.get(folder) ?? { last: Promise.resolve(), waiting: 0, lock: null, notBefore: 0 };
  lines.set(folder, line);
  const before = line.last;
  line.waiting += 1;
  const turn = (async (): Promise<boolean> => {
    await before;
    line.waiting -= 1;
    try {
      await take(line, { folder, deadline, clock });
      if (line.lock) await work();
      return line.lock !== null;
    } finally {
      await handOn(line, clock);
      if (line.waiting === 0) lines.delete(folder);
    }
  })();
  line.last = turn.catch(() => undefined);
  return await turn;
}

async function take(
  line: Line,
  { folder, deadline, clock }: { readonly folder: string; readonly deadline: number; readonly clock: Clock },
): Promise<void> {
  // Overtaken after a freeze.
  if (line.lock && !(await line.lock.isHeld())) line.lock = null;
  if (line.lock) return;
  const pauseMs = Math.min(line.notBefore - clock.now(), YIELD_MS);
  if (pauseMs > 0) await clock.sleep(pauseMs);
  line.lock = await waitForLock(folder, clock, deadline - clock.now());
}

/** Leaves the lock to the next in line, or to other processes when there is none or one of them asks for it. */
async function handOn(line: Line, clock: Clock): Promise<void> {
  const { lock } = line;
  if (!lock) return;
  const isWanted = await lock.isWanted();
  if (line.waiting > 0 && !isWanted) return;
  line.lock = null;
  if (isWanted) line.notBefore = clock.now() + YIELD_MS;
  await lock.release();
}
