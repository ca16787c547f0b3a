// oxlint-disable-next-line no-control-regex -- they are what is taken out
const ACTIVE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Text from outside (ref names, messages, answers of the service) for a terminal: without control characters,
 * which could move the cursor, and without those that turn the direction of writing. A byte that is no UTF-8 is shown
 * as `\xff`.
 */
export function plainText(text: string, limit = 200): string {
  const printable = text.replaceAll(ACTIVE, ' ');
  const clean = printable.replaceAll(
    /\p{Surrogate}/gu,
    (one) => `\\x${(one.charCodeAt(0) & 0xff).toString(16)}`,
  );
  // Half a character outside the basic plane is none.
  return clean.length > limit ? `${clean.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : clean;
}
