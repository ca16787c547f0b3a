import type { IncomingMessage } from 'node:http';
import { type Socket, setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { agentFor } from './agents.ts';
import { lateHttp, lateHttps } from './late.ts';
import type { Route } from './route.ts';

// A slow line takes longer than node allows for each address of a host, and then has tried none to the end.
setDefaultAutoSelectFamilyAttemptTimeout(2500);

/** Headers by their lower-case names, with as much of fetch's class as ofetch asks for. */
export class WireHeaders extends Map<string, string> {
  constructor(headers: Readonly<Record<string, string>> = {}) {
    super(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  }
}

/** What fetch is told, as far as it is used. */
export interface WireOptions {
  readonly method: string;
  readonly headers: WireHeaders;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** What fetch gives, as far as it is used. */
export interface WireResponse {
  readonly status: number;
  readonly headers: WireHeaders;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Those that are open: connected, with the certificate checked. */
const open = new WeakSet<Socket>();

/**
 * A fetch on node's own http: no redirect followed, nothing unpacked. The fetch that node brings takes twice the memory
 * and does not say whether a request has left.
 *
 * @param route how it gets there; null: straight away
 * @param beforeLeaving asked once the connection is open, last of all before the first byte is written; what it throws
 *   keeps the request
 */
export function wireFetch(route: Route | null, beforeLeaving: () => Promise<void>) {
  return async (address: string, options: WireOptions): Promise<WireResponse> => {
    const url = new URL(address);
    // node would send them on.
    if (url.username !== '' || url.password !== '') throw new TypeError('a URL of ours names no user');
    const reply = await exchange(url, options, { route, beforeLeaving });
    const headers = Object.entries(reply.headers).map(([name, value]) => [name, String(value)] as const);
    return {
      status: reply.statusCode ?? 0,
      headers: new WireHeaders(Object.fromEntries(headers)),
      body: reply,
    };
  };
}

async function exchange(
  url: URL,
  { method, headers, body = '', signal }: WireOptions,
  { route, beforeLeaving }: { readonly route: Route | null; readonly beforeLeaving: () => Promise<void> },
): Promise<IncomingMessage> {
  const isTls = url.protocol === 'https:';
  const { request } = isTls ? lateHttps() : lateHttp();
  return await new Promise((resolve, reject) => {
    const options = {
      method,
      headers: Object.fromEntries(headers),
      agent: agentFor(route, isTls),
      signal,
      giveUp: signal, // node keeps its own from the agent
      ...(route?.maxHeaderBytes ? { maxHeaderSize: route.maxHeaderBytes } : {}),
    };
    const outgoing = request(url, options, resolve);
    outgoing.on('error', reject);
    outgoing.on('socket', (socket) => {
      opened(socket, isTls)
        .then(beforeLeaving)
        .then(
          () => outgoing.end(body),
          (error: Error) => outgoing.destroy(error),
        );
    });
  });
}

/** Resolves when a connection is open. One that fails is told of by the request. */
async function opened(socket: Socket, isTls: boolean): Promise<void> {
  if (open.has(socket)) {
    // That the server has closed it meanwhile is read first: then nothing has left.
    await setImmediate();
    return;
  }
  await new Promise<void>((resolve) => {
    socket.once(isTls ? 'secureConnect' : 'connect', () => resolve());
  });
  open.add(socket);
}
