import type { Env } from '../platform/effects.ts';
import { type CredentialFields, type Lookup, credentialSet } from './credential-set.ts';

type Names = Partial<Record<keyof CredentialFields, string>>;

/** Where the environment may have credentials, the first that has some wins (design.md section 8). */
const PLACES: readonly (readonly [source: string, names: Names])[] = [
  ['CODEARTS_HOOKS_TOKEN', { token: 'CODEARTS_HOOKS_TOKEN' }],
  [
    'HUAWEICLOUD_SDK_AK',
    {
      ak: 'HUAWEICLOUD_SDK_AK',
      sk: 'HUAWEICLOUD_SDK_SK',
      'security-token': 'HUAWEICLOUD_SDK_SECURITY_TOKEN',
    },
  ],
  [
    'HW_*',
    {
      ak: 'HW_ACCESS_KEY',
      sk: 'HW_SECRET_KEY',
      'security-token': 'HW_SECURITY_TOKEN',
      token: 'HW_AUTH_TOKEN',
      user: 'HW_USER_NAME',
      password: 'HW_USER_PASSWORD',
      domain: 'HW_DOMAIN_NAME',
    },
  ],
];

/** What the environment has, in the order in which it counts. */
export function envCredentials(env: Env): Lookup[] {
  return PLACES.map(([source, names]) => {
    const fields = Object.fromEntries(
      Object.entries(names).map(([field, name]) => [field, env[name] ?? null]),
    );
    const first = Object.values(names).find((name) => env[name]?.trim());
    const nameOf = (field: string): string => names[field as keyof CredentialFields] ?? field;
    return credentialSet(source === 'HW_*' ? (first ?? source) : source, fields, nameOf);
  });
}
