/** A part of a URL without its percent signs; as it is where one of them escapes nothing. */
export function unescapeUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a URIError, the only one that it has
  }
}
