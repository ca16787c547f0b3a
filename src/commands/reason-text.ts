import { translated } from '../core/translate.ts';
import { plainText } from '../ui/plain-text.ts';

/** A reason as the queue has it, or as the service gave it, for a terminal; in the user's language where it is ours. */
export function reasonText(reason: string, limit = 200): string {
  return plainText(translated(reason), limit);
}
