import { unescapeUrl } from './unescape-url.ts';

/** Environment variables whose values are secrets. */
const SECRET_VARIABLES = [
  'CODEARTS_HOOKS_TOKEN',
  'HUAWEICLOUD_SDK_AK',
  'HUAWEICLOUD_SDK_SK',
  'HUAWEICLOUD_SDK_SECURITY_TOKEN',
  'HW_ACCESS_KEY',
  'HW_SECRET_KEY',
  'HW_SECURITY_TOKEN',
  'HW_AUTH_TOKEN',
  'HW_USER_PASSWORD',
];
const USER_INFORMATION = /^[a-z0-9+]+:\/\/(?<user>[^/]*)@/i;

// One for the process: a secret must not have to be handed along to every line that might quote it.
const known = new Set<string>();

/** Has `redact` hide this value from now on, wherever it turns up. */
export function hideSecret(secret: string | null): void {
  if (secret !== null && secret.trim() !== '') known.add(secret.trim());
}

/** Has `redact` hide the secrets of an environment: credentials, and the passwords of proxies. */
export function hideSecretsOf(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of SECRET_VARIABLES) hideSecret(env[name] ?? null);
  for (const [name, value] of Object.entries(env)) if (/_proxy$/i.test(name)) hidePasswordOf(value ?? '');
}

/** Has `redact` hide the password of a URL. */
export function hidePasswordOf(url: string): void {
  const user = USER_INFORMATION.exec(url)?.groups?.['user'] ?? '';
  const password = user.includes(':') ? user.slice(user.indexOf(':') + 1) : '';
  hideSecret(password);
  hideSecret(unescapeUrl(password));
}

/** What is to be hidden. */
export function knownSecrets(): Iterable<string> {
  return known;
}
