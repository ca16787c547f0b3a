import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { callbackify } from 'node:util';
import type { Route } from './route.ts';
import { openTunnel } from './tunnel.ts';

/** How long a connection is kept for the next request; a server may say less. */
const KEPT_MS = 4000;

const agents = new Map<string, HttpAgent>();

/** What carries the requests of a route; connections are kept for the next one. */
export function agentFor(route: Route | null, isTls: boolean): HttpAgent {
  const key = JSON.stringify([isTls, route]);
  const agent = agents.get(key) ?? makeAgent(route, isTls);
  agents.set(key, agent);
  return agent;
}

function makeAgent(route: Route | null, isTls: boolean): HttpAgent {
  const kept = { keepAlive: true, timeout: KEPT_MS };
  if (!isTls) return new HttpAgent(kept);
  const ca = route?.ca ?? null;
  // Said in so many words: NODE_TLS_REJECT_UNAUTHORIZED=0 is not for our tokens.
  const tls = {
    ...kept,
    rejectUnauthorized: route?.isVerified ?? true,
    ...(ca === null ? {} : { ca: [...ca] }),
  };
  return route?.proxy ? new TunnelAgent(route, tls) : new HttpsAgent(tls);
}

/** Has its connections go through the proxy of a route. */
class TunnelAgent extends HttpsAgent {
  readonly #route: Route;

  constructor(route: Route, options: AgentOptions) {
    super(options);
    this.#route = route;
  }

  override createConnection(
    options: ClientRequestArgs & { readonly giveUp?: AbortSignal },
    callback: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const target = { host: String(options.host), port: Number(options.port) };
    const secured = async () => {
      const socket = await openTunnel(this.#route, target, options.giveUp ?? null);
      return super.createConnection({ ...options, socket } as ClientRequestArgs) as Duplex;
    };
    callbackify(secured)(callback);
  }
}
