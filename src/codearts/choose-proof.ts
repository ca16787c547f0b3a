import type { Preferences } from '../config/preferences.ts';
import { stored, t } from '../core/translate.ts';
import type { CredentialSet, IamUser } from './credential-set.ts';
import { type CredentialContext, type Target, credentialSets, whyNone } from './find-credentials.ts';
import { REFUSALS_AT_MOST, type Refusals } from './refusals.ts';
import type { AccessKey } from './signature.ts';

/** Why nothing can be sent now, and what kind of remedy it takes. */
export interface Held {
  readonly kind: 'held';
  readonly hold: 'config' | 'endpoint' | 'login' | 'permission';
  readonly reason: string;
}

/** Whether that is for who we are, and not for a setting: other credentials may do. */
export function isRefusal({ hold }: Pick<Held, 'hold'>): boolean {
  return hold === 'login' || hold === 'permission';
}

/** What proves who we are to one host. `user`: a token is to be had for him first. */
export type Proof =
  | { readonly kind: 'key'; readonly key: AccessKey; readonly source: string }
  | { readonly kind: 'token'; readonly token: string; readonly source: string }
  | { readonly kind: 'user'; readonly user: IamUser; readonly source: string };

/** What is chosen; `fallback`: the user that gets a token should the service take no signatures. */
export interface Choice {
  readonly kind: 'choice';
  readonly proof: Proof;
  readonly fallback: Extract<Proof, { kind: 'user' }> | null;
}

/** Chooses among the credentials for a target, by `auth`, and by what was refused before. Asks no network. */
export async function chooseProof(
  target: Target,
  context: CredentialContext,
  refusals: Refusals,
): Promise<Choice | Held> {
  const { auth } = context.preferences;
  let proof: Proof | null = null;
  let fallback: Extract<Proof, { kind: 'user' }> | null = null;
  for await (const lookup of credentialSets(target, context)) {
    if (lookup.kind === 'broken') {
      if (proof === null) return held(lookup.reason);
      break; // what was found before it stands
    }
    proof ??= proofOf(lookup.set, auth);
    if (proof === null) continue;
    if (proof.kind !== 'key' || auth !== 'auto') break;
    // Further places are asked for a user only once signatures have been refused: a program of the user's costs time.
    fallback = userOf(lookup.set);
    if (fallback !== null || (await refusals.of(hostOf(target.endpoint), secretOf(proof))).count === 0) break;
  }
  if (proof === null) return held(whyUnsuited(target, context));
  const refusal = await refusals.of(hostOf(target.endpoint), secretOf(proof));
  if (refusal.count > 0 && fallback !== null) return { kind: 'choice', proof: fallback, fallback: null };
  if (refusal.count >= REFUSALS_AT_MOST) return held(refusal.reason);
  return { kind: 'choice', proof, fallback };
}

/** Any user among the credentials for a target, for a token in place of signatures. */
export async function findUser(
  target: Target,
  context: CredentialContext,
): Promise<Extract<Proof, { kind: 'user' }> | null> {
  for await (const lookup of credentialSets(target, context)) {
    const user = lookup.kind === 'found' ? userOf(lookup.set) : null;
    if (user) return user;
  }
  return null;
}

/** What of a proof tells it from others: the secret. */
export function secretOf(proof: Proof): string {
  switch (proof.kind) {
    case 'key':
      return JSON.stringify([proof.key.ak, proof.key.sk, proof.key.securityToken]);
    case 'token':
      return proof.token;
    case 'user':
      return JSON.stringify([proof.user.domain, proof.user.name, proof.user.password]);
  }
}

/** A proof in words, with its place and without any value. */
export function wordsOf({ kind, source }: Proof): string {
  switch (kind) {
    case 'key':
      return stored`the access key of ${source}`;
    case 'token':
      return stored`the token of ${source}`;
    case 'user':
      return stored`the user of ${source}`;
  }
}

function proofOf(set: CredentialSet, auth: Preferences['auth']): Proof | null {
  const { source, key, token } = set;
  if (key !== null && auth !== 'token') return { kind: 'key', key, source };
  if (auth === 'ak-sk') return null;
  return token === null ? userOf(set) : { kind: 'token', token, source };
}

function userOf({ user, source }: CredentialSet): Extract<Proof, { kind: 'user' }> | null {
  return user && { kind: 'user', user, source };
}

function whyUnsuited(target: Target, context: CredentialContext): string {
  const none = whyNone(target, context);
  const { auth } = context.preferences;
  return auth === 'auto' ? none : t`${none} that "auth": "${auth}" allows`;
}

function held(reason: string): Held {
  return { kind: 'held', hold: 'login', reason };
}

function hostOf(url: string): string {
  return new URL(url).host;
}
