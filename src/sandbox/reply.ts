import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** A whole answer, ready to be sent. Its headers win over the sandbox's own. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An error as the service and its gateway report it (codearts-api.md, section 5). */
export interface ApiError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Gives a response its fresh `X-Request-Id`, 32 hexadecimal digits, and returns it. */
export function nameResponse(response: ServerResponse): string {
  const requestId = randomBytes(16).toString('hex');
  response.setHeader('X-Request-Id', requestId);
  return requestId;
}

/** A JSON answer. */
export function jsonReply(status: number, body: unknown): Reply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** An error in the form `{"error_code","error_msg","request_id"}`. */
export function errorReply({ status, code, message }: ApiError, requestId: string): Reply {
  return jsonReply(status, { error_code: code, error_msg: message, request_id: requestId });
}

/** Sends an answer and ends the response. */
export function sendReply(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, headers).end(body);
}

/** Promises the whole body, sends the first half of it, and closes the connection. */
export function sendHalf(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  // Not before it is written: closing drops what still waits in the socket.
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}
