import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import { checkpoint } from './checkpoint.ts';
import type { Route } from './route.ts';

/** What one request came to. */
export type HttpResult =
  | {
      readonly kind: 'reply';
      readonly status: number;
      /** Lower-case names. */
      readonly headers: Readonly<Record<string, string>>;
      readonly text: string;
      /** False: the body broke off, or was longer than the limit. */
      readonly isComplete: boolean;
    }
  | {
      readonly kind: 'failed';
      /** Whether the request may have reached the service. False is certain: it never left. */
      readonly hasLeft: boolean;
      /** The system's or our word for it: `ECONNREFUSED`, `TIMEOUT`, ... Never a message: those quote headers. */
      readonly code: string;
      /** The proxy that it was to go by. */
      readonly via?: string;
    };

/** One request, body and all headers as they are sent. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const TIMEOUT_MS = 20_000;
const BODY_LIMIT = 64 * 1024;
/** The `code` of a request that was not sent because nobody wanted it any more. */
export const NOT_WANTED = 'NOT_WANTED';
/** A slow line takes longer than node allows for each address of a host, and then has tried none to the end. */
const ADDRESS_TIMEOUT_MS = 2500;

// Errors of fetch do not say whether the request left; undici's channel does. A request is created in the async
// context of the call that asked for it, and is the same object when its headers are sent.
interface Flight {
  hasLeft: boolean;
}
const flights = new AsyncLocalStorage<Flight>();
const byRequest = new WeakMap<object, Flight>();
let isWatching = false;

function watchRequests(): void {
  if (isWatching) return;
  isWatching = true;
  // Late, as fetch takes it anyway: it costs more than all that is done before the note is safe.
  void import('node:net').then((net) => net.setDefaultAutoSelectFamilyAttemptTimeout(ADDRESS_TIMEOUT_MS));
  subscribe('undici:request:create', (message) => {
    const flight = flights.getStore();
    const { request } = message as { request: { readonly method: string } };
    // What asks a proxy for a connection is not the request.
    if (flight && request.method !== 'CONNECT') byRequest.set(request, flight);
  });
  subscribe('undici:client:sendHeaders', (message) => {
    const flight = byRequest.get((message as { request: object }).request);
    if (flight) flight.hasLeft = true;
  });
}

/** Loads what a request takes, before there is one to send. */
export function warmUp(): void {
  watchRequests();
  void import('ofetch');
  // The getter of node's fetch loads it.
  void globalThis.Headers;
}

/**
 * Sends one request: once, no redirect followed (it would carry the token elsewhere and turn a POST into a
 * GET), 20 seconds for all of it, 64 KiB of reply at most. Does not throw.
 *
 * @param options.route how it gets there; null: straight away
 * @param options.isWanted asked last of all before it leaves: this process may have been frozen meanwhile
 */
export async function send(
  request: HttpRequest,
  options: { readonly route?: Route | null; readonly isWanted?: () => Promise<boolean> } = {},
): Promise<HttpResult> {
  const { route = null, isWanted = async () => true } = options;
  watchRequests();
  const flight: Flight = { hasLeft: false };
  return await flights.run(flight, async () => {
    try {
      const { ofetch } = await import('ofetch');
      const carrier =
        route === null ? {} : { dispatcher: (await import('./dispatcher.ts')).dispatcherFor(route) };
      checkpoint('send');
      if (!(await isWanted())) return { kind: 'failed', hasLeft: false, code: NOT_WANTED };
      const response = await ofetch.raw(request.url, {
        method: request.method,
        headers: request.headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        responseType: 'stream',
        redirect: 'manual',
        retry: false,
        ignoreResponseError: true,
        signal: AbortSignal.timeout(TIMEOUT_MS), // ofetch's own timeout stops at the headers
        ...(carrier as object), // undici's own types are not those of node's fetch
      });
      const { text, isComplete } = await readBody(response._data);
      checkpoint('send');
      const headers = Object.fromEntries(response.headers.entries());
      return { kind: 'reply', status: response.status, headers, text, isComplete };
    } catch (error) {
      const via = route?.proxy ? { via: route.proxy.name } : {};
      return { kind: 'failed', hasLeft: flight.hasLeft, code: codeOf(error), ...via };
    }
  });
}

async function readBody(
  body: ReadableStream<Uint8Array> | undefined,
): Promise<{ text: string; isComplete: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > BODY_LIMIT) return { text: '', isComplete: false };
    }
    return { text: Buffer.concat(chunks).toString('utf8'), isComplete: true };
  } catch {
    return { text: Buffer.concat(chunks).toString('utf8'), isComplete: false };
  }
}

function codeOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.name === 'TimeoutError') return 'TIMEOUT';
    const [, refusal] = /^Proxy response \((\d+)\)/.exec(at.message) ?? [];
    if (refusal) return `PROXY_${refusal}`;
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return 'NETWORK';
}
