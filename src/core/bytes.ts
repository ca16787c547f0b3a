const STRICT = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
/** Each sequence of UTF-8 that is one, by RFC 3629. */
const CHARACTER =
  /[\u00c2-\u00df][\u0080-\u00bf]|\u00e0[\u00a0-\u00bf][\u0080-\u00bf]|[\u00e1-\u00ec\u00ee\u00ef][\u0080-\u00bf]{2}|\u00ed[\u0080-\u009f][\u0080-\u00bf]|\u00f0[\u0090-\u00bf][\u0080-\u00bf]{2}|[\u00f1-\u00f3][\u0080-\u00bf]{3}|\u00f4[\u0080-\u008f][\u0080-\u00bf]{2}|[^]/g;

/**
 * Bytes that should be UTF-8 as text, so that two names never look alike: git takes any bytes for a ref. A byte that is
 * no UTF-8 becomes the lone surrogate U+DC00 + byte, which JSON keeps (`"\udcff"`), and nothing else is.
 */
export function decodeBytes(bytes: Uint8Array): string {
  try {
    return STRICT.decode(bytes);
  } catch {
    return [...Buffer.from(bytes).toString('latin1').matchAll(CHARACTER)]
      .map(([one]) =>
        one.length === 1 && one > '\u007f'
          ? String.fromCharCode(0xdc00 + one.charCodeAt(0))
          : Buffer.from(one, 'latin1').toString('utf8'),
      )
      .join('');
  }
}

/** The text for somebody who wants Unicode alone: U+FFFD for each byte that was none. */
export function toUnicode(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}
