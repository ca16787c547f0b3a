import { plainText } from '../ui/plain-text.ts';

/** A reason as the queue has it, or as the service gave it, for a terminal. */
export function reasonText(reason: string, limit = 200): string {
  return plainText(reason, limit);
}
