import { isRecord } from '../core/record.ts';
import type { PushEvent } from '../event/push-event.ts';

/** Largest file of an event, bytes: its payload is at most 256 KiB. */
export const EVENT_LIMIT = 1024 * 1024;

/** The file of an event: `<seq, 8 digits or more>-<id>`. */
export function fileName({ seq, id }: Pick<PushEvent, 'seq' | 'id'>): string {
  return `${String(seq).padStart(8, '0')}-${id}`;
}

/** Whether an event that was read again is as it was before; null: it is gone. */
export function isUnchanged(now: PushEvent | null, before: PushEvent): boolean {
  return JSON.stringify(now) === JSON.stringify(before);
}

/**
 * Reads the text of an event's file; null when it is none of ours, or not under its own name: it would be sent,
 * and never leave its place. What later versions have added gets its default.
 */
export function parseEvent(name: string, text: string): PushEvent | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (!isEvent(value) || fileName(value) !== name) return null;
  const defaults = {
    queuedAt: value.startedAt,
    looks: 0,
    isResent: false,
    onUnknown: 'resend' as const,
  };
  return { ...defaults, ...value };
}

/** What everything here relies on; the rest was written with it. */
function isEvent(value: unknown): value is PushEvent {
  return (
    isRecord(value) &&
    value['v'] === 1 &&
    ['id', 'state', 'remote', 'url', 'ref', 'before', 'after'].every(
      (key) => typeof value[key] === 'string',
    ) &&
    ['seq', 'startedAt', 'endedAt'].every((key) => typeof value[key] === 'number') &&
    Array.isArray(value['attempts'])
  );
}
