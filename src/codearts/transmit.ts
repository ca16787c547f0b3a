import { stored } from '../core/translate.ts';
import { type HttpRequest, type HttpResult, send } from '../platform/http.ts';
import type { Route } from '../platform/route.ts';
import type { AuthorizerContext } from './authorize.ts';
import { type Choice, type Proof, secretOf, wordsOf } from './choose-proof.ts';
import type { Target } from './find-credentials.ts';
import { inTurn } from './key-trial.ts';
import { nextProof } from './next-proof.ts';
import { REFUSED_BEFORE, judge } from './outcome.ts';
import type { Refusals } from './refusals.ts';

/** What one process knows of a target. */
export interface Session {
  readonly target: Target;
  readonly choice: Choice;
  readonly route: Route | null;
  /** What is sent now: a key, or a token, whoever it is from. */
  proof: SentProof;
  /** How far the service's clock is ahead of ours, milliseconds. */
  offsetMs: number;
  /** What has been tried to be taken again, once each. */
  readonly spent: Set<'clock' | 'token' | 'fallback' | 'command'>;
  /** Something better is being looked for; null: nobody does. */
  search: Promise<SentProof | null> | null;
}

/** What goes out with a request, and what it stems from. */
export interface SentProof {
  readonly kind: 'key' | 'token';
  readonly origin: Proof;
  /** Of a token. */
  readonly token: string | null;
}

interface Letter {
  readonly request: HttpRequest;
  readonly isWanted: (() => Promise<boolean>) | undefined;
}

/** Sends with what a session has, and once more with something better, where that was refused and there is any. */
export async function transmit(
  session: Session,
  letter: Letter,
  context: AuthorizerContext,
  refusals: Refusals,
): Promise<HttpResult> {
  const host = new URL(session.target.endpoint).host;
  const { proof } = session;
  return await inTurn({ host, proof, refusals, context }, async (isUsedUp) => {
    // Another request may have found something better meanwhile, here and below.
    const first = session.proof;
    const result = isUsedUp && first === proof ? NOT_SENT : await sendWith(first, session, letter, context);
    await hear(result, first, { host, refusals });
    if (!isRefused(result)) return result;
    const next =
      session.proof === first ? await better(session, result, { context, refusals }) : session.proof;
    if (next === null) return result;
    const second = await sendWith(next, session, letter, context);
    await hear(second, next, { host, refusals });
    return second;
  });
}

/** Looks for something better once for all requests that were refused at the same time. */
async function better(
  session: Session,
  result: HttpResult,
  tools: { readonly context: AuthorizerContext; readonly refusals: Refusals },
): Promise<SentProof | null> {
  session.search ??= search(session, result, tools);
  return await session.search;
}

async function search(
  session: Session,
  result: HttpResult,
  tools: { readonly context: AuthorizerContext; readonly refusals: Refusals },
): Promise<SentProof | null> {
  try {
    const found = await nextProof(session, result, tools);
    session.proof = found ?? session.proof;
    return found;
  } finally {
    session.search = null;
  }
}

/** As if the host had refused it once more. */
const NOT_SENT: HttpResult = { kind: 'failed', hasLeft: false, code: REFUSED_BEFORE };

/** Keeps what a host has said of a secret; what was not answered says nothing. */
async function hear(
  result: HttpResult,
  proof: SentProof,
  { host, refusals }: { readonly host: string; readonly refusals: Refusals },
): Promise<void> {
  if (result.kind !== 'reply') return;
  const secret = secretOf(proof.origin);
  if (isRefused(result)) return await refusals.add(host, secret, refusedWords(proof, result));
  await refusals.forgive(host, secret);
  if (proof.kind === 'key') await refusals.take(host, secret);
}

async function sendWith(
  proof: SentProof,
  { offsetMs, route }: Session,
  { request, isWanted }: Letter,
  { clock }: AuthorizerContext,
): Promise<HttpResult> {
  const options = { route, ...(isWanted === undefined ? {} : { isWanted }) };
  if (proof.origin.kind === 'key') {
    const { signatureHeaders } = await import('./signature.ts');
    const signed = signatureHeaders({ body: '', ...request }, proof.origin.key, clock.now() + offsetMs);
    return await send({ ...request, headers: { ...request.headers, ...signed } }, options);
  }
  const headers = { ...request.headers, 'x-auth-token': proof.token ?? '' };
  return await send({ ...request, headers }, options);
}

/** Whether it was refused for who we are, and not for what we asked. */
function isRefused(result: HttpResult): boolean {
  const outcome = judge(result);
  return outcome.kind === 'held' && outcome.hold === 'login';
}

function refusedWords({ origin }: SentProof, result: HttpResult): string {
  const outcome = judge(result);
  return stored`${wordsOf(origin)} was refused: ${'reason' in outcome ? outcome.reason : ''}`;
}
