import type { Env } from '../platform/effects.ts';

/** What proves who we are, and where it was found. The secret is never stored, logged or shown. */
export type Credentials =
  | { readonly kind: 'token'; readonly source: 'CODEARTS_HOOKS_TOKEN'; readonly token: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Finds the credentials in the environment. */
export function findCredentials(env: Env): Credentials {
  const token = env['CODEARTS_HOOKS_TOKEN']?.trim();
  if (!token) return { kind: 'none', reason: 'no credentials: CODEARTS_HOOKS_TOKEN is not set' };
  // A character that no header may hold would come back in an error message, token and all; quotes are the shell's.
  if (!/^[\x21-\x7e]+$/.test(token) || /["'`]/.test(token)) {
    return {
      kind: 'none',
      reason: 'malformed credentials: CODEARTS_HOOKS_TOKEN holds characters that no token has',
    };
  }
  return { kind: 'token', source: 'CODEARTS_HOOKS_TOKEN', token };
}
