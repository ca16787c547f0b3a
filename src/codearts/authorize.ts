import { stored } from '../core/translate.ts';
import type { Clock } from '../platform/effects.ts';
import type { Git } from '../platform/git.ts';
import { type HttpRequest, type HttpResult, send } from '../platform/http.ts';
import type { Route } from '../platform/route.ts';
import { type Choice, type Held, type Proof, chooseProof, secretOf, wordsOf } from './choose-proof.ts';
import type { CredentialContext, Target } from './find-credentials.ts';
import { judge } from './outcome.ts';
import { Refusals } from './refusals.ts';
import { routeTo } from './route-to.ts';
import { nextProof } from './next-proof.ts';
import { tokenFor } from './token-for.ts';

/** Access to one host. */
export type Access =
  | {
      readonly kind: 'ready';
      /**
       * Sends a request, signed or with a token. What is refused is refreshed and sent once more, where there is
       * something to refresh; gives the last answer. Does not throw.
       *
       * @param isWanted as in `platform/http.ts`
       */
      readonly send: (request: HttpRequest, isWanted?: () => Promise<boolean>) => Promise<HttpResult>;
      /** What it is sent with, in words: `the access key of HUAWEICLOUD_SDK_AK`. */
      readonly words: () => string;
    }
  | Held
  /** No token can be had now. */
  | { readonly kind: 'later'; readonly reason: string; readonly afterMs: number };

/** Gives access to the hosts of the service: whatever is sent there goes through it. One for a process. */
export interface Authorizer {
  /** Why nothing could be sent to a target, as far as it can be told without asking the network; null: nothing. */
  readonly check: (target: Target) => Promise<Held | null>;
  readonly access: (target: Target) => Promise<Access>;
  /** Looks for credentials and ways anew from now on. */
  readonly forget: () => void;
}

/** What it takes of the process. */
export interface AuthorizerContext extends CredentialContext {
  readonly clock: Clock;
  /** git's settings, for proxies and CAs; null: none. */
  readonly git: Pick<Git, 'run'> | null;
  /** Told what the user should know and no answer says, a line each. */
  readonly log: (line: string) => Promise<void>;
}

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
}

/** What goes out with a request, and what it stems from. */
export interface SentProof {
  readonly kind: 'key' | 'token';
  readonly origin: Proof;
  /** Of a token. */
  readonly token: string | null;
}

/** How long what was found holds: a queue asks for each event, and `login` in another terminal is to be seen soon. */
const RECENT_MS = 5000;

/** Makes one. */
export function makeAuthorizer(context: AuthorizerContext): Authorizer {
  const refusals = new Refusals(context.env);
  const sessions = new Map<string, Session>();
  const recent = new Map<string, RecentChoice>();
  const choose = recentChoices(recent, context, refusals);
  const open = async (target: Target): Promise<Session | Exclude<Access, { kind: 'ready' }>> => {
    const key = JSON.stringify([target.endpoint, target.iamUrl, target.region]);
    const known = sessions.get(key);
    if (known) return known;
    const opened = await openSession(target, await choose(target), context, refusals);
    if ('proof' in opened) sessions.set(key, opened);
    return opened;
  };
  return {
    check: async (target) => {
      const choice = await choose(target);
      return choice.kind === 'held' ? choice : null;
    },
    access: async (target) => {
      const session = await open(target);
      if (!('proof' in session)) return session;
      return {
        kind: 'ready',
        send: async (request, isWanted) => await transmit(session, { request, isWanted }, context, refusals),
        words: () => wordsOf(session.proof.origin),
      };
    },
    forget: () => {
      sessions.clear();
      recent.clear();
    },
  };
}

interface RecentChoice {
  readonly at: number;
  readonly choice: Promise<Choice | Held>;
}

/** Chooses for a target, and for all that ask within the next seconds: a program of the user's may take its time. */
function recentChoices(
  recent: Map<string, RecentChoice>,
  context: AuthorizerContext,
  refusals: Refusals,
): (target: Target) => Promise<Choice | Held> {
  return async (target) => {
    const key = JSON.stringify(target);
    const now = context.clock.now();
    const known = recent.get(key);
    if (known && Math.abs(now - known.at) < RECENT_MS) return await known.choice;
    const choice = chooseProof(target, context, refusals);
    recent.set(key, { at: now, choice });
    return await choice;
  };
}

async function openSession(
  target: Target,
  choice: Choice | Held,
  context: AuthorizerContext,
  refusals: Refusals,
): Promise<Session | Exclude<Access, { kind: 'ready' }>> {
  if (choice.kind === 'held') return choice;
  const way = await routeTo(target.endpoint, context);
  if (way.kind === 'broken') return { kind: 'held', hold: 'config', reason: way.reason };
  const sent = await sentProof(choice.proof, target, context, refusals);
  if (!('origin' in sent)) return sent;
  return { target, choice, route: way.route, proof: sent, offsetMs: 0, spent: new Set() };
}

async function sentProof(
  proof: Proof,
  target: Target,
  context: AuthorizerContext,
  refusals: Refusals,
): Promise<SentProof | Exclude<Access, { kind: 'ready' }>> {
  if (proof.kind === 'key') return { kind: 'key', origin: proof, token: null };
  if (proof.kind === 'token') return { kind: 'token', origin: proof, token: proof.token };
  const got = await tokenFor(proof, target, { context, refusals, refused: null });
  return got.kind === 'token' ? { kind: 'token', origin: proof, token: got.token } : got;
}

interface Letter {
  readonly request: HttpRequest;
  readonly isWanted: (() => Promise<boolean>) | undefined;
}

async function transmit(
  session: Session,
  letter: Letter,
  context: AuthorizerContext,
  refusals: Refusals,
): Promise<HttpResult> {
  const host = new URL(session.target.endpoint).host;
  const take = async (taken: HttpResult, { origin }: SentProof): Promise<void> => {
    if (taken.kind === 'reply') await refusals.forgive(host, secretOf(origin));
  };
  const first = session.proof;
  const result = await sendWith(first, session, letter, context);
  if (!isRefused(result)) {
    await take(result, first);
    return result;
  }
  await refusals.add(host, secretOf(first.origin), refusedWords(first, result));
  // Another request may have found something better meanwhile.
  const next =
    session.proof === first ? await nextProof(session, result, { context, refusals }) : session.proof;
  if (next === null) return result;
  session.proof = next;
  const second = await sendWith(next, session, letter, context);
  if (isRefused(second)) await refusals.add(host, secretOf(next.origin), refusedWords(next, second));
  else await take(second, next);
  return second;
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
