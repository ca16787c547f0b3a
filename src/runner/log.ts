import { join } from 'node:path';
import { redact } from '../core/redact.ts';
import type { Effects } from '../platform/effects.ts';
import { appendLine, isSystemError, orNull, rename, stat } from '../platform/files.ts';

const LIMIT_BYTES = 1024 * 1024;

/** Opens the runner's log. A line that cannot be written (full disk) is lost: there is nowhere left to say so. */
export function openLog(root: string, { clock }: Pick<Effects, 'clock'>): (line: string) => Promise<void> {
  const path = join(root, 'log');
  return async (line) => {
    try {
      const info = await orNull(stat(path));
      if (info && info.size > LIMIT_BYTES) {
        await orNull(rename(`${path}.1`, `${path}.2`));
        await rename(path, `${path}.1`);
      }
      await appendLine(path, `${new Date(clock.now()).toISOString()} ${redact(line)}`);
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
  };
}
