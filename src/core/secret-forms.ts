/** Shorter secrets are not looked for: they would hide ordinary words. */
const SHORTEST = 6;

const forms = new Map<string, readonly string[]>();

/**
 * The forms in which a secret may turn up in a text: as it is, in a URL, in JSON, in hexadecimal digits, and in
 * base64 alone or amid something longer, such as the `user:password` of an authorization. Each of them may be
 * escaped once more, or wrapped: that is hide-escaped.ts. The longest first; none for a secret of less than six characters.
 */
export function secretForms(secret: string): readonly string[] {
  if (secret.length < SHORTEST) return [];
  const known = forms.get(secret);
  if (known) return known;
  const bytes = Buffer.from(secret);
  // Half a character cannot be escaped; what a server makes of it is U+FFFD.
  const escaped = encodeURIComponent(bytes.toString());
  const found = new Set([
    secret,
    escaped,
    escaped.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    new URLSearchParams([['', bytes.toString()]]).toString().slice(1),
    escaped.replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    ...[0, 1, 2].flatMap((before) => base64Amid(bytes, before)),
  ]);
  const made = [...found].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
  forms.set(secret, made);
  return made;
}

/** The characters of base64 that stand for the secret alone when `before` bytes are in front of it, modulo 3. */
function base64Amid(bytes: Buffer, before: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(before), bytes]);
  const [start, end] = [Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6)];
  return [whole.toString('base64').slice(start, end), whole.toString('base64url').slice(start, end)];
}
