import { hideEscaped } from './hide-escaped.ts';
import { knownSecrets } from './known-secrets.ts';
import { secretForms } from './secret-forms.ts';

const HIDDEN = '[redacted]';
const HTTP_OR_SSH = /^(https?|(?:git\+)?ssh):\/\/([^/]*)(.*)$/s;
// The second form is of a password with an unescaped slash; `//host:8443/a@b` is none.
const USER_INFORMATION = [/\/\/[^\s/]*@/g, /\/\/[^\s/@]*:(?!\d+\/)\S*@/g];
const NAMES = [
  'x-auth-token',
  'x-subject-token',
  'x-security-token',
  'private_token',
  'access_token',
  'security[_-]?token',
  'secret[_-]?(?:access[_-]?)?key',
  'access[_-]?key(?:[_-]?id)?',
  'password',
  'passwd',
  'ak',
  'sk',
  'codearts_hooks_token',
  'huaweicloud_sdk_(?:ak|sk|security_token)',
  'hw_(?:access_key|secret_key|security_token|auth_token|user_password)',
];
const NAMED = new RegExp(String.raw`\b(${NAMES.join('|')})\b(["']?\s*[=:]\s*["']?)[^\s"',}]+`, 'gi');
const IS_NAME = new RegExp(`^(?:${NAMES.join('|')}|authorization|cookie)$`, 'i');
// Its value has several words: the scheme, then the secret.
const AUTHORIZATION = /\b(authorization|cookie)\b(["']?\s*[=:]\s*["']?)[^\r\n"'}]+/gi;

/**
 * A remote's URL without user information, query and fragment; ssh keeps its user.
 *
 * Works on the raw string: `new URL` fails on an unescaped slash in a password and rewrites the rest.
 * The shims do the same before they write anything (hooks/lines, `strip`); a test compares the two.
 */
export function stripUrl(raw: string): string {
  const parts = HTTP_OR_SSH.exec(raw);
  if (!parts) return stripScpLike(raw);
  const [, scheme = '', authority = '', tail = ''] = parts;
  const isSsh = scheme.endsWith('ssh');
  const path = isSsh ? tail : tail.replace(/[?#].*$/s, '');
  const at = authority.lastIndexOf('@');
  const user = isSsh && at >= 0 ? `${authority.slice(0, at).split(':')[0]}@` : '';
  let host = authority.slice(at + 1);
  if (!isSsh) host = host.replace(/[?#].*$/s, '');
  // An `@` further on, but in `/@scope`: a password had an unescaped slash.
  const late = /^.*[^/]@.*\/.*$/s.test(path) ? path.lastIndexOf('@') : -1;
  return late >= 0 ? `${scheme}://${user}${path.slice(late + 1)}` : `${scheme}://${user}${host}${path}`;
}

function stripScpLike(raw: string): string {
  if (raw.includes('://') || raw.includes('::') || raw.startsWith('/')) return raw;
  const at = raw.indexOf('@');
  const before = raw.slice(0, Math.max(at, 0));
  return before.includes(':') && !before.includes('/') ? raw.slice(at + 1) : raw;
}

/**
 * `text` with the given secrets and those of this process (known-secrets.ts), user information in URLs and values
 * of well-known credential names replaced. For every line that is logged, stored or shown and that may have seen a URL or a header.
 *
 * @param secrets exact values, in whatever form of secret-forms.ts they turn up
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  const forms = [...secrets, ...knownSecrets()].flatMap((secret) => [...secretForms(secret)]);
  let clean = text;
  for (const form of forms) if (!IS_NAME.test(form)) clean = clean.replaceAll(form, HIDDEN);
  clean = hideEscaped(clean, forms, HIDDEN);
  for (const form of USER_INFORMATION) clean = clean.replace(form, '//');
  clean = clean.replace(AUTHORIZATION, `$1$2${HIDDEN}`).replace(NAMED, `$1$2${HIDDEN}`);
  // A secret that is `password`: by that name what stands behind it was known.
  for (const form of forms) if (IS_NAME.test(form)) clean = clean.replaceAll(form, HIDDEN);
  return clean;
}
