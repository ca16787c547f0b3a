/** A message as text, and whether its bytes were what they should be. */
export interface DecodedMessage {
  readonly text: string;
  /** `gb18030`: no UTF-8, but that (or GBK, which is part of it); `lossy`: neither, U+FFFD stands for what is not. */
  readonly as: 'utf-8' | 'gb18030' | 'lossy';
}

/**
 * Reads the bytes of a message that git has already turned into UTF-8 where the commit names its encoding. Some
 * clients write others and do not say so.
 *
 * @param isCut the bytes end anywhere, perhaps within a character, which is left out then
 */
export function decodeMessage(bytes: Uint8Array, isCut: boolean): DecodedMessage {
  for (const as of ['utf-8', 'gb18030'] as const) {
    const text = decodeStrictly(bytes, as, isCut);
    if (text !== null) return { text, as };
  }
  return {
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: isCut }),
    as: 'lossy',
  };
}

function decodeStrictly(bytes: Uint8Array, encoding: string, isCut: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes, { stream: isCut });
  } catch {
    // Bytes that are none of it; or a node that was built without its tables, and knows UTF-8 alone.
    return null;
  }
}
