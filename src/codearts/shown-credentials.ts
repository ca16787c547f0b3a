import type { AuthorizerContext } from './authorize.ts';
import { chooseProof } from './choose-proof.ts';
import type { Target } from './find-credentials.ts';
import { Refusals } from './refusals.ts';
import { signatureHeaders } from './signature.ts';
import type { TriggerRequest } from './trigger.ts';

const HIDDEN = '[redacted]';
/** Those of a signature that are no secret. */
const OPEN = ['x-sdk-date'];

/**
 * The headers by which a request would prove who sends it, their secrets hidden: a signature's, or a token's; none
 * when there are no credentials for its target.
 *
 * @param at when it would be signed, milliseconds since 1970
 */
export async function shownCredentials(
  request: TriggerRequest,
  target: Target,
  { context, at }: { readonly context: AuthorizerContext; readonly at: number },
): Promise<Record<string, string>> {
  const choice = await chooseProof(target, context, new Refusals(context));
  if (choice.kind === 'held') return {};
  if (choice.proof.kind !== 'key') return { 'x-auth-token': HIDDEN };
  const signed = signatureHeaders(request, choice.proof.key, at);
  return Object.fromEntries(
    Object.entries(signed).map(([name, value]) => [name, OPEN.includes(name) ? value : HIDDEN]),
  );
}
