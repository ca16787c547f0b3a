import type { Clock } from '../platform/effects.ts';
import type { Git } from '../platform/git.ts';
import type { HttpRequest, HttpResult } from '../platform/http.ts';
import { type Choice, type Held, type Proof, chooseProof, wordsOf } from './choose-proof.ts';
import type { CredentialContext, Target } from './find-credentials.ts';
import { Refusals } from './refusals.ts';
import { routeTo } from './route-to.ts';
import { tokenFor } from './token-for.ts';
import { type SentProof, type Session, transmit } from './transmit.ts';

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

/** How long what was found holds: a queue asks for each event, and `login` in another terminal is to be seen soon. */
const RECENT_MS = 5000;

/** Makes one. */
export function makeAuthorizer(context: AuthorizerContext): Authorizer {
  const refusals = new Refusals(context);
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
  return { target, choice, route: way.route, proof: sent, offsetMs: 0, spent: new Set(), search: null };
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
