import type { IncomingMessage } from 'node:http';
import type { Build } from './build-counter.ts';

/** A request of the service as it arrived, and what became of it. Holds no credential. */
export interface ReceivedRequest {
  /** When its headers had arrived: ISO 8601 in UTC, with milliseconds. */
  readonly at: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Lower-case names. A credential's value is `valid` or `invalid`; a signature is not checked, so `invalid`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, or the raw text when it is not JSON; null when it was not read or is over the limit. */
  readonly body: unknown;
  /** `built`, a fault's kind, or the error code answered; `none` and `slow` give what they let through. */
  readonly outcome: string;
  /** The status that was answered; null when the connection was cut or left hanging before it. */
  readonly status: number | null;
  /** The build that was started; null when none was. */
  readonly build: Build | null;
}

/** What is known of a request before it is answered. */
export type Arrival = Pick<ReceivedRequest, 'at' | 'method' | 'path' | 'headers'>;

const CREDENTIALS: ReadonlySet<string> = new Set(['x-auth-token', 'authorization', 'x-security-token']);

/**
 * Describes a request that has just arrived.
 *
 * @param token the one valid value of a credential
 */
export function describeArrival(request: IncomingMessage, token: string): Arrival {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const text = String(value);
    headers[name] = CREDENTIALS.has(name) ? validity(name, text, token) : text;
  }
  return { at: new Date().toISOString(), method: request.method ?? '', path: request.url ?? '', headers };
}

function validity(name: string, value: string, token: string): string {
  return name === 'x-auth-token' && value === token ? 'valid' : 'invalid';
}
