import { cutText, withoutControls } from '../core/without-controls.ts';

/**
 * Text from outside (ref names, messages, answers of the service) for a terminal: without control characters,
 * which could move the cursor, and without those that turn the direction of writing. A byte that is no UTF-8 is shown
 * as `\xff`.
 */
export function plainText(text: string, limit = 200): string {
  const clean = withoutControls(text).replaceAll(
    /\p{Surrogate}/gu,
    (one) => `\\x${(one.charCodeAt(0) & 0xff).toString(16)}`,
  );
  return cutText(clean, limit);
}
