import type { IncomingMessage } from 'node:http';
import { type Gate, type Proving, isValid } from './authenticate.ts';
import type { Build } from './build-counter.ts';

/** A request of the service as it arrived, and what became of it. Holds no credential. */
export interface ReceivedRequest {
  /** When its headers had arrived: ISO 8601 in UTC, with milliseconds. */
  readonly at: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Lower-case names. A credential's value is `valid` or `invalid`; of an unread body no signature is valid. */
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
type Arrival = Pick<ReceivedRequest, 'at' | 'method' | 'path' | 'headers'>;

const CREDENTIALS: ReadonlySet<string> = new Set(['x-auth-token', 'authorization', 'x-security-token']);

/** The headers as they came, with lower-case names. */
export function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

/** Describes a request. @param at when its headers had arrived, milliseconds since 1970 */
export function describeArrival(proving: Proving, gate: Gate, at: number): Arrival {
  const headers = Object.fromEntries(
    Object.entries(proving.headers).map(([name, value]) => [
      name,
      CREDENTIALS.has(name) ? (isValid(name, proving, gate, at) ? 'valid' : 'invalid') : value,
    ]),
  );
  return { at: new Date(at).toISOString(), method: proving.method, path: proving.path, headers };
}
