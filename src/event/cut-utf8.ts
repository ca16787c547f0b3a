/**
 * The first `limit` bytes of UTF-8 text at most, cut between characters. Bytes that are no UTF-8 become
 * U+FFFD.
 */
export function cutUtf8(bytes: Buffer, limit: number): string {
  if (bytes.length <= limit) return bytes.toString('utf8');
  let end = limit;
  // 10xxxxxx continues a character: go back to where it starts, at most 3 bytes.
  while (end > limit - 3 && end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString('utf8');
}
