import { isTrusted, lastApproved } from '../config/trust.ts';
import { t, translated } from '../core/translate.ts';
import type { Env } from '../platform/effects.ts';
import { sourceAt, targetOf } from './access-context.ts';
import type { CommandContext } from './define.ts';
import type { RepositoryState } from './repository-state.ts';

/** What `status` says of credentials and approval. */
export interface AccessWords {
  readonly credentials: { readonly source: string } | null;
  readonly credentialsText: string;
  readonly trusted: boolean;
  readonly trustText: string;
}

/** Finds out whether a push could be delivered, as far as it can be told without asking the service. */
export async function accessWords(state: RepositoryState, context: CommandContext): Promise<AccessWords> {
  const [trust, credentials] = await Promise.all([
    trustWords(state, context.effects.env),
    credentialsWords(state, context),
  ]);
  return { ...trust, ...credentials };
}

async function trustWords(
  { subject }: Pick<RepositoryState, 'subject'>,
  env: Env,
): Promise<Pick<AccessWords, 'trusted' | 'trustText'>> {
  if (subject !== null && (await isTrusted(subject, env))) return { trusted: true, trustText: t`approved` };
  const isChanged = subject !== null && (await lastApproved(subject.origin, env)) !== null;
  return { trusted: false, trustText: isChanged ? t`changed since it was approved` : t`not approved here` };
}

async function credentialsWords(
  state: RepositoryState,
  context: CommandContext,
): Promise<Pick<AccessWords, 'credentials' | 'credentialsText'>> {
  const { endpoint } = state;
  const target = targetOf(endpoint);
  if (target === null) return { credentials: null, credentialsText: t`wait for an endpoint` };
  const found = await sourceAt({ state, endpoint, target }, context);
  if (found.kind === 'held') return { credentials: null, credentialsText: translated(found.reason) };
  return { credentials: { source: found.source }, credentialsText: t`from ${found.source}` };
}
