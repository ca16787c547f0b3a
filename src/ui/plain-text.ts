/**
 * Text from outside (ref names, messages, answers of the service) for a terminal: without control characters,
 * which could move the cursor, and without those that turn the direction of writing.
 */
export function plainText(text: string, limit = 200): string {
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  const clean = text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ');
  // Half a character outside the basic plane is none.
  return clean.length > limit ? `${clean.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : clean;
}
