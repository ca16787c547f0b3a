import { isDeepStrictEqual } from 'node:util';
import { t } from '../core/translate.ts';
import type { HttpResult } from '../platform/http.ts';
import type { AuthorizerContext } from './authorize.ts';
import { chooseProof, findUser } from './choose-proof.ts';
import type { Refusals } from './refusals.ts';
import { tokenFor } from './token-for.ts';
import type { SentProof, Session } from './transmit.ts';

/** The service refuses a signature that is 15 minutes off; a third of that is no accident. */
const SKEW_MS = 5 * 60_000;

/**
 * What a request that was refused is to be sent with once more, or null: there is nothing better. Each way is gone
 * once in a process: the clock put right, the token fetched anew, the user's program asked again, a token in place
 * of a signature.
 */
export async function nextProof(
  session: Session,
  result: HttpResult,
  tools: { readonly context: AuthorizerContext; readonly refusals: Refusals },
): Promise<SentProof | null> {
  const { proof } = session;
  if (proof.kind === 'key') {
    return (
      (await afterClock(session, result, tools.context)) ??
      (await afterCommand(session, tools)) ??
      (await afterFallback(session, tools))
    );
  }
  return proof.origin.kind === 'user' ? await afterFetch(session, tools) : await afterCommand(session, tools);
}

/** Takes the service's clock for ours. */
async function afterClock(
  session: Session,
  result: HttpResult,
  { clock, log }: AuthorizerContext,
): Promise<SentProof | null> {
  const theirs = result.kind === 'reply' ? Date.parse(result.headers['date'] ?? '') : Number.NaN;
  const offsetMs = theirs - clock.now();
  if (Number.isNaN(offsetMs) || Math.abs(offsetMs - session.offsetMs) < SKEW_MS) return null;
  if (!spend(session, 'clock')) return null;
  session.offsetMs = offsetMs;
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  await log(
    offsetMs > 0
      ? t`the clock of this machine is ${minutes} min behind the service's`
      : t`the clock of this machine is ${minutes} min ahead of the service's`,
  );
  return { ...session.proof };
}

async function afterFetch(
  session: Session,
  tools: { readonly context: AuthorizerContext; readonly refusals: Refusals },
): Promise<SentProof | null> {
  const { origin, token } = session.proof;
  if (origin.kind !== 'user' || !spend(session, 'token')) return null;
  const got = await tokenFor(origin, session.target, { ...tools, refused: token });
  return got.kind === 'token' ? { kind: 'token', origin, token: got.token } : null;
}

/** A program may give temporary keys, which have ended. */
async function afterCommand(
  session: Session,
  { context, refusals }: { readonly context: AuthorizerContext; readonly refusals: Refusals },
): Promise<SentProof | null> {
  const { origin } = session.proof;
  if (!origin.source.startsWith('credential-command') || !spend(session, 'command')) return null;
  const again = await chooseProof(session.target, context, refusals);
  if (again.kind === 'held' || again.proof.kind === 'user' || isDeepStrictEqual(again.proof, origin))
    return null;
  const { proof } = again;
  return proof.kind === 'key'
    ? { kind: 'key', origin: proof, token: null }
    : { kind: 'token', origin: proof, token: proof.token };
}

async function afterFallback(
  session: Session,
  tools: { readonly context: AuthorizerContext; readonly refusals: Refusals },
): Promise<SentProof | null> {
  if (tools.context.preferences.auth !== 'auto' || !spend(session, 'fallback')) return null;
  const user = session.choice.fallback ?? (await findUser(session.target, tools.context));
  if (!user) return null;
  const got = await tokenFor(user, session.target, { ...tools, refused: null });
  return got.kind === 'token' ? { kind: 'token', origin: user, token: got.token } : null;
}

function spend({ spent }: Session, what: 'clock' | 'token' | 'fallback' | 'command'): boolean {
  const isFresh = !spent.has(what);
  spent.add(what);
  return isFresh;
}
