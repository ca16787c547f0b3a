import { credentialSource } from '../codearts/credential-source.ts';
import { isTrusted, lastApproved } from '../config/trust.ts';
import { t, translated } from '../core/translate.ts';
import { accessContext, targetOf } from './access-context.ts';
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
  const { subject, endpoint } = state;
  const { env } = context.effects;
  const trusted = subject !== null && (await isTrusted(subject, env));
  const isChanged = subject !== null && !trusted && (await lastApproved(subject.origin, env)) !== null;
  const untrusted = isChanged ? t`changed since it was approved` : t`not approved here`;
  const trustText = trusted ? t`approved` : untrusted;
  const target = targetOf(endpoint);
  if (target === null) {
    return { credentials: null, credentialsText: t`wait for an endpoint`, trusted, trustText };
  }
  const found = await credentialSource(target, await accessContext({ state, endpoint, target }, context));
  if (found.kind === 'held')
    return { credentials: null, credentialsText: translated(found.reason), trusted, trustText };
  const { source } = found;
  return { credentials: { source }, credentialsText: t`from ${source}`, trusted, trustText };
}
