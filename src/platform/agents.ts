import type { Agent as HttpAgent, ClientRequestArgs } from 'node:http';
import type { AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { callbackify } from 'node:util';
import { lateHttp, lateHttps } from './late.ts';
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
  if (!isTls) return new (lateHttp().Agent)(kept);
  const ca = route?.ca ?? null;
  // Said in so many words: NODE_TLS_REJECT_UNAUTHORIZED=0 is not for our tokens.
  const tls = {
    ...kept,
    rejectUnauthorized: route?.isVerified ?? true,
    ...(ca === null ? {} : { ca: [...ca] }),
  };
  return route?.proxy ? tunnelAgent(route, tls) : new (lateHttps().Agent)(tls);
}

/** An agent whose connections go through the proxy of a route. */
function tunnelAgent(route: Route, options: AgentOptions): HttpAgent {
  class TunnelAgent extends lateHttps().Agent {
    override createConnection(
      args: ClientRequestArgs & { readonly giveUp?: AbortSignal },
      callback: (error: Error | null, stream: Duplex) => void,
    ): undefined {
      const target = { host: String(args.host), port: Number(args.port) };
      const secured = async () => {
        const socket = await openTunnel(route, target, args.giveUp ?? null);
        return super.createConnection({ ...args, socket } as ClientRequestArgs) as Duplex;
      };
      callbackify(secured)(callback);
    }
  }
  return new TunnelAgent(options);
}
