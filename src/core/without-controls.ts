// oxlint-disable-next-line no-control-regex -- they are what is taken out
const ACTIVE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Text from outside on one line, with a blank for every character that could move the cursor, ring, or turn the
 * direction of writing.
 */
export function withoutControls(text: string): string {
  return text.replaceAll(ACTIVE, ' ');
}

/** The same, for a text of several lines, which it keeps. */
export function linesWithoutControls(text: string): string {
  return text.split(/\r?\n/).map(withoutControls).join('\n');
}

/** The text in `limit` characters at most, with a mark where something is left out. */
export function cutText(text: string, limit: number): string {
  // Half a character outside the basic plane is none.
  return text.length > limit ? `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…` : text;
}
