/**
 * A value as JSON, indented for people. Characters that could move the cursor or turn the direction of writing are
 * escaped, as JSON itself escapes those below U+0020: it stays the very same value.
 */
export function screenJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
