import { join } from 'node:path';
import { orNull, stat } from '../platform/files.ts';
import type { Git } from '../platform/git.ts';

/** The log of a tracking ref as a file under `logs/` would have it. */
export interface KeptLog {
  readonly ref: string;
  readonly bytes: Buffer;
  /** The newest entry's, milliseconds; there is no file of this log alone. */
  readonly mtimeMs: number;
}

/** Whether a repository keeps its refs and their logs in reftables, which git alone reads. */
export async function hasReftables(commonDir: string): Promise<boolean> {
  return (await orNull(stat(join(commonDir, 'reftable', 'tables.list')))) !== null;
}

/** Has git tell the logs of all tracking refs, in one run. What an entry replaced is the value of the one before. */
export async function readReftableLogs(git: Git): Promise<KeptLog[]> {
  const format = '--format=%H %gD%x09%gs';
  const { stdout } = await git.run(['log', '--walk-reflogs', '--remotes', '--date=unix', format]);
  const logs = new Map<string, { after: string; seconds: string; message: string }[]>();
  for (const line of stdout.split('\n')) {
    const [, after = '', ref = '', seconds = '', message = ''] =
      /^([0-9a-f]+) (.*)@\{(\d+)\}\t(.*)$/.exec(line) ?? [];
    if (after === '') continue;
    const entries = logs.get(ref) ?? [];
    logs.set(ref, entries);
    entries.unshift({ after, seconds, message });
  }
  return [...logs].map(([ref, entries]) => {
    const lines = entries.map(({ after, seconds, message }, index) => {
      const before = entries[index - 1]?.after ?? '0'.repeat(after.length);
      return `${before} ${after} x <x> ${seconds} +0000\t${message}\n`;
    });
    const mtimeMs = Number(entries.at(-1)?.seconds ?? 0) * 1000 + 999;
    return { ref, bytes: Buffer.from(lines.join('')), mtimeMs };
  });
}
