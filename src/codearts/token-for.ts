import { hideSecret } from '../core/known-secrets.ts';
import { stored, t } from '../core/translate.ts';
import type { Access, AuthorizerContext } from './authorize.ts';
import { type Proof, secretOf, wordsOf } from './choose-proof.ts';
import type { Target } from './find-credentials.ts';
import { REFUSALS_AT_MOST, type Refusals } from './refusals.ts';
import { routeTo } from './route-to.ts';

/** What asking for one takes. */
export interface TokenTools {
  readonly context: AuthorizerContext;
  readonly refusals: Refusals;
  /** A token that the service has refused; null: none was. */
  readonly refused: string | null;
}

/** A token for a user: from the cache, or from IAM, which is asked no more once it has refused him twice. */
export async function tokenFor(
  proof: Extract<Proof, { kind: 'user' }>,
  { iamUrl, region }: Target,
  { context, refusals, refused }: TokenTools,
): Promise<{ readonly kind: 'token'; readonly token: string } | Exclude<Access, { kind: 'ready' }>> {
  const { user } = proof;
  const who = wordsOf(proof);
  if (iamUrl === null || region === null) {
    return { kind: 'held', hold: 'endpoint', reason: t`a token for ${who} takes a region, and none is set` };
  }
  const iam = iamPlace(iamUrl);
  const before = await refusals.of(iam, secretOf(proof));
  if (before.count >= REFUSALS_AT_MOST) return { kind: 'held', hold: 'login', reason: before.reason };
  const way = await routeTo(iamUrl, context);
  if (way.kind === 'broken') return { kind: 'held', hold: 'config', reason: way.reason };
  // Loaded where there is a user: most have a key.
  const [{ cachedToken }, { fetchToken }] = await Promise.all([
    import('./token-cache.ts'),
    import('./iam.ts'),
  ]);
  const owner = { iamUrl, region, user };
  const result = await cachedToken(owner, context, {
    refused,
    ask: async () => {
      // While this process waited for its turn, others may have been refused.
      const known = await refusals.of(iam, secretOf(proof));
      if (known.count >= REFUSALS_AT_MOST) return { kind: 'refused', reason: known.reason };
      const got = await fetchToken(owner, { route: way.route, clock: context.clock });
      if (got.kind !== 'refused') return got;
      const reason = stored`${who} was refused: ${got.reason}`;
      await refusals.add(iam, secretOf(proof), reason);
      return { kind: 'refused', reason };
    },
  });
  switch (result.kind) {
    case 'token':
      hideSecret(result.token.token);
      await refusals.forgive(iam, secretOf(proof));
      return { kind: 'token', token: result.token.token };
    case 'refused':
      return { kind: 'held', hold: 'login', reason: result.reason };
    case 'impossible':
      return { kind: 'held', hold: result.hold, reason: t`no token for ${who}: ${result.reason}` };
    case 'later':
      return result;
  }
}

/** What refusals of IAM are kept under: its host may be that of the builds, where a token can be refused too. */
export function iamPlace(iamUrl: string): string {
  return `iam ${new URL(iamUrl).host}`;
}
