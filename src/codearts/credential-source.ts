import { basename } from 'node:path';
import { t } from '../core/translate.ts';
import type { AuthorizerContext } from './authorize.ts';
import { type Held, type Proof, chooseProof } from './choose-proof.ts';
import { envCredentials } from './env-credentials.ts';
import type { Target } from './find-credentials.ts';
import { Refusals } from './refusals.ts';

/** Where the credentials for a target are from, and who they say we are; never a value. */
export interface CredentialSource {
  readonly kind: 'source';
  readonly source: string;
  /** `access key ...1234`, `token`, `user NAME of ACCOUNT`; null: only the user's program would tell. */
  readonly account: string | null;
}

/**
 * Finds out where credentials for a target would come from. The user's `credential-command` is named, not run: it
 * may take its time.
 */
export async function credentialSource(
  target: Target,
  context: AuthorizerContext,
): Promise<CredentialSource | Held> {
  const { env, preferences, own } = context;
  const hasEnv = own.endpoint === target.endpoint && envCredentials(env).some(({ kind }) => kind !== 'none');
  const command = preferences['credential-command'];
  if (!hasEnv && command !== null) {
    return { kind: 'source', source: `credential-command ${basename(command[0] ?? '')}`, account: null };
  }
  const choice = await chooseProof(target, context, new Refusals(context));
  if (choice.kind === 'held') return choice;
  const { proof } = choice;
  return { kind: 'source', source: proof.source, account: accountOf(proof) };
}

/** Who a proof says we are, for people: of a key its last characters. */
function accountOf(proof: Proof): string {
  switch (proof.kind) {
    case 'key':
      return t`access key ...${proof.key.ak.slice(-4)}`;
    case 'token':
      return t`token`;
    case 'user':
      return t`user ${proof.user.name} of ${proof.user.domain}`;
  }
}
