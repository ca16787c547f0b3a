import type * as Ofetch from 'ofetch';
import { checkpoint } from './checkpoint.ts';
import { lateHttp } from './late.ts';
import type { Route } from './route.ts';
import type * as Wire from './wire.ts';

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

type FetchParts = Pick<Ofetch.CreateFetchOptions, 'fetch' | 'Headers'>;

const TIMEOUT_MS = 20_000;
const BODY_LIMIT = 64 * 1024;
/** The `code` of a request that was not sent because nobody wanted it any more. */
export const NOT_WANTED = 'NOT_WANTED';

/** Why a request was kept at the last moment. */
class NotWanted extends Error {
  override readonly name = 'NotWanted';
  readonly code = NOT_WANTED;
}

let loading: Promise<[typeof Ofetch, typeof Wire]> | null = null;

async function parts(): Promise<[typeof Ofetch, typeof Wire]> {
  loading ??= Promise.all([import('ofetch'), import('./wire.ts')]);
  return await loading;
}

/** Loads what a request takes, before there is one to send. */
export function warmUp(): void {
  void parts();
  lateHttp();
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
  const signal = AbortSignal.timeout(TIMEOUT_MS); // ofetch's own timeout stops at the headers
  let hasLeft = false;
  const beforeLeaving = async (): Promise<void> => {
    checkpoint('send');
    if (!(await isWanted())) throw new NotWanted();
    hasLeft = true;
  };
  try {
    const [{ createFetch }, { WireHeaders, wireFetch }] = await parts();
    // Its types ask for all of fetch; ofetch itself for no more than there is.
    const own = { fetch: wireFetch(route, beforeLeaving), Headers: WireHeaders } as unknown as FetchParts;
    const response = await createFetch({ ...own, AbortController }).raw(request.url, {
      method: request.method,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      responseType: 'stream',
      retry: false,
      ignoreResponseError: true,
      signal,
    });
    const { text, isComplete } = await readBody(response.body);
    checkpoint('send');
    const headers = Object.fromEntries(response.headers.entries());
    return { kind: 'reply', status: response.status, headers, text, isComplete };
  } catch (error) {
    const via = route?.proxy ? { via: route.proxy.name } : {};
    return { kind: 'failed', hasLeft, code: signal.aborted ? 'TIMEOUT' : codeOf(error), ...via };
  }
}

async function readBody(
  body: AsyncIterable<Uint8Array> | null,
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
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return 'NETWORK';
}
