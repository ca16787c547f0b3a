import { join } from 'node:path';
import type { Attempt, PushEvent } from '../event/push-event.ts';
import { appendLine, orNull, rename, stat } from '../platform/files.ts';

const LIMIT_BYTES = 5 * 1024 * 1024;

/** One line of `ledger.jsonl`: an attempt, and where the event stood after it. For people and their tools. */
export interface LedgerLine extends Attempt {
  readonly id: string;
  readonly attempt: number;
  readonly job: string | null;
  readonly ref: string;
  readonly after: string;
  readonly state: PushEvent['state'];
  readonly build: string | null;
}

/**
 * Appends what became of an event's last attempt. Best effort: the event's own file is the truth, so a full
 * disk loses a line here and nothing else.
 *
 * @returns whether it was written
 */
export async function appendToLedger(root: string, event: PushEvent): Promise<boolean> {
  const last = event.attempts.at(-1);
  if (!last) return true;
  const path = join(root, 'ledger.jsonl');
  const line: LedgerLine = {
    ...last,
    id: event.id,
    attempt: event.attempts.length,
    job: event.job?.name ?? null,
    ref: event.ref,
    after: event.after,
    state: event.state,
    build: event.build?.number ?? null,
  };
  try {
    const info = await orNull(stat(path));
    if (info && info.size > LIMIT_BYTES) await rename(path, `${path}.1`);
    await appendLine(path, JSON.stringify(line));
    return true;
  } catch {
    return false;
  }
}
