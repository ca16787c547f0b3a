/** The beginning of a text that takes at most `limit` bytes of UTF-8, cut between characters. */
export function cutUtf8(text: string, limit: number): string {
  // No character takes more than three bytes for each of its UTF-16 units.
  if (text.length * 3 <= limit) return text;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= limit) return text;
  let end = limit;
  // 10xxxxxx continues a character: go back to where it starts.
  while (end > 0 && (bytes.readUInt8(end) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
