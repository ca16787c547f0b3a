import { randomBytes } from 'node:crypto';

/** Who may call, as the sandbox was started. */
export interface Identities {
  /** A token that is always good. */
  readonly token: string;
  readonly key: {
    readonly ak: string;
    readonly sk: string;
    /** Of a temporary key; null: it is a permanent one. */
    readonly securityToken: string | null;
  };
  readonly user: { readonly name: string; readonly password: string; readonly domain: string };
}

/** How the service and IAM behave, changed while the sandbox runs. */
export interface Rules {
  /** Characters of the tokens that IAM issues: 8 KB, or more than the 16 KiB of headers that node takes. */
  readonly tokenLength: number;
  readonly tokenLifetimeMs: number;
  /** How far the clock of service and IAM is ahead, milliseconds. */
  readonly clockOffsetMs: number;
  /** Whether requests may be signed, or have a token alone. */
  readonly takesSignatures: boolean;
  /** The region whose tokens are taken; null: of any. */
  readonly region: string | null;
  /** Whether IAM answers; `unavailable`: with 503. */
  readonly iam: 'open' | 'unavailable';
}

export const USUAL_RULES: Rules = {
  tokenLength: 8192,
  tokenLifetimeMs: 24 * 3_600_000,
  clockOffsetMs: 0,
  takesSignatures: true,
  region: null,
  iam: 'open',
};

/** What is known of tokens and keys by now. */
export interface Ledger {
  /** Tokens that IAM has issued. */
  readonly issued: Map<string, { readonly region: string | null; readonly expiresAt: number }>;
  /** Wrong signatures in a row, and wrong passwords, by key and user. */
  readonly failures: Map<string, { readonly count: number; readonly lastAt: number }>;
}

/** More of them in a row lock a key, or a user, for five minutes. */
const FAILURES_AT_MOST = 5;
const LOCK_MS = 5 * 60_000;

/** Identities with whatever is not given made up. */
export function makeIdentities(given: {
  readonly token?: string;
  readonly key?: Partial<Identities['key']>;
  readonly user?: Partial<Identities['user']>;
}): Identities {
  return {
    token: given.token ?? `sandbox-${randomBytes(16).toString('hex')}`,
    key: {
      ak: randomBytes(10).toString('hex').toUpperCase(),
      sk: randomBytes(20).toString('hex'),
      securityToken: null,
      ...given.key,
    },
    user: {
      name: 'sandbox-user',
      password: randomBytes(12).toString('base64url'),
      domain: 'sandbox-account',
      ...given.user,
    },
  };
}

/** A ledger of nothing. */
export function makeLedger(): Ledger {
  return { issued: new Map(), failures: new Map() };
}

/** Whether there were too many failures a short time ago. */
export function isLocked({ failures }: Ledger, who: string, now: number): boolean {
  const found = failures.get(who);
  return found !== undefined && found.count > FAILURES_AT_MOST && now - found.lastAt < LOCK_MS;
}

/** Counts a failure, or forgets those before it. */
export function countFailure({ failures }: Ledger, who: string, isFailure: boolean, now: number): void {
  if (isFailure) failures.set(who, { count: (failures.get(who)?.count ?? 0) + 1, lastAt: now });
  else failures.delete(who);
}
