import { setTimeout } from 'node:timers/promises';
import { SYSTEM, type System } from './system.ts';

/** A scanner or a reader is done with a file in less. */
const PATIENCE_MS = 1000;

/** Does something to a file, again and again for a second while somebody else has it open, on systems where that matters. */
export async function patiently<T>(
  act: () => Promise<T>,
  { isBusy }: Pick<System, 'isBusy'> = SYSTEM,
): Promise<T> {
  for (let waitedMs = 0, pauseMs = 5; ; pauseMs *= 2) {
    try {
      return await act();
    } catch (error) {
      if (!isBusy(error) || waitedMs >= PATIENCE_MS) throw error;
    }
    await setTimeout(pauseMs);
    waitedMs += pauseMs;
  }
}
