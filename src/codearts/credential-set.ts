import { isRecord, stringAt } from '../core/record.ts';
import { t } from '../core/translate.ts';
import type { AccessKey } from './signature.ts';

/** A user of IAM, who gets tokens by his password. */
export interface IamUser {
  readonly name: string;
  readonly password: string;
  /** The account that the user belongs to. */
  readonly domain: string;
}

/** What proves who we are, as one place has it: a key, a token, a user, or several of them. */
export interface CredentialSet {
  /** The place, for people: never a value. */
  readonly source: string;
  readonly key: AccessKey | null;
  readonly token: string | null;
  readonly user: IamUser | null;
}

/** What is found in one place. `broken`: something is there that cannot be used; a sentence without any value. */
export type Lookup =
  | { readonly kind: 'found'; readonly set: CredentialSet }
  | { readonly kind: 'none' }
  | { readonly kind: 'broken'; readonly reason: string };

/** The values of a set by the names that they have everywhere: in our file, in what a command prints, on `--stdin`. */
export type CredentialFields = Readonly<Record<(typeof FIELDS)[number], string | null>>;

export const FIELDS = ['ak', 'sk', 'security-token', 'token', 'user', 'password', 'domain'] as const;

/** Of whom a field is missing beside another. */
const TOGETHER: readonly (readonly [has: (typeof FIELDS)[number], wants: (typeof FIELDS)[number]])[] = [
  ['ak', 'sk'],
  ['sk', 'ak'],
  ['security-token', 'ak'],
  ['user', 'password'],
  ['password', 'user'],
  ['user', 'domain'],
  ['domain', 'user'],
];

/**
 * Makes a set of the values of one place. A value that no header may hold would come back in an error message, all
 * of it: it is refused here, and so are quotes, which are the shell's.
 *
 * @param nameOf what a field is called in that place
 */
export function credentialSet(
  source: string,
  fields: Partial<CredentialFields>,
  nameOf: (field: string) => string = (field) => field,
): Lookup {
  const values = Object.fromEntries(
    FIELDS.map((field) => [field, clean(field, fields[field])]),
  ) as CredentialFields;
  const broken = (reason: string): Lookup => ({ kind: 'broken', reason });
  if (FIELDS.every((field) => values[field] === null)) return { kind: 'none' };
  for (const field of FIELDS) {
    const value = values[field];
    if (value !== null && !isWellFormed(field, value)) {
      return broken(t`malformed credentials: ${nameOf(field)} holds characters that it cannot have`);
    }
  }
  for (const [has, wants] of TOGETHER) {
    if (values[has] !== null && values[wants] === null) {
      return broken(t`incomplete credentials: ${nameOf(has)} is set, ${nameOf(wants)} is not`);
    }
  }
  return { kind: 'found', set: { source, ...partsOf(values) } };
}

function partsOf(values: CredentialFields): Omit<CredentialSet, 'source'> {
  const { ak, sk, token, user, password, domain } = values;
  return {
    key: ak !== null && sk !== null ? { ak, sk, securityToken: values['security-token'] } : null,
    token,
    user: user !== null && password !== null && domain !== null ? { name: user, password, domain } : null,
  };
}

/** The set as the fields of a JSON object, without those that it does not have. */
export function fieldsOf({ key, token, user }: CredentialSet): Record<string, string> {
  return {
    ...(key === null ? {} : { ak: key.ak, sk: key.sk }),
    ...(key === null || key.securityToken === null ? {} : { 'security-token': key.securityToken }),
    ...(token === null ? {} : { token }),
    ...(user === null ? {} : { user: user.name, password: user.password, domain: user.domain }),
  };
}

/** Reads a set out of JSON text. */
export function parseCredentials(source: string, text: string): Lookup {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'broken', reason: t`what ${source} gives is not JSON` };
    throw error;
  }
  if (!isRecord(value)) return { kind: 'broken', reason: t`what ${source} gives is not a JSON object` };
  const fields = Object.fromEntries(FIELDS.map((field) => [field, stringAt(value, field)]));
  const lookup = credentialSet(source, fields, (field) => t`"${field}" of ${source}`);
  if (lookup.kind !== 'none') return lookup;
  return {
    kind: 'broken',
    reason: t`what ${source} gives has neither "ak" and "sk", nor "token", nor "user"`,
  };
}

/** Every secret value of a set. */
export function secretsIn({ key, token, user }: CredentialSet): string[] {
  return [key?.ak, key?.sk, key?.securityToken, token, user?.password].filter(
    (value): value is string => typeof value === 'string',
  );
}

/** A line end comes with what is pasted and with `$(cat file)`; a password may well begin with a blank. */
function clean(field: string, value: string | null | undefined): string | null {
  const text = field === 'password' ? (value ?? '').replace(/\r?\n$/, '') : (value ?? '').trim();
  return text === '' ? null : text;
}

function isWellFormed(field: string, value: string): boolean {
  if (field === 'user' || field === 'password' || field === 'domain') {
    // oxlint-disable-next-line no-control-regex -- they are what is refused
    return !/[\u0000-\u001f\u007f]/.test(value);
  }
  return /^[\x21-\x7e]+$/.test(value) && !/["'`]/.test(value);
}
