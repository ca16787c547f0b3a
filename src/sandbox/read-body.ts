import type { IncomingMessage } from 'node:http';

/** The body of a request; `value` is the parsed JSON, or the raw `text` when it is not JSON. */
export type RequestBody =
  | { readonly kind: 'read'; readonly value: unknown; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unread' };

/** The most bytes a body may have: 12 MB, the gateway's limit (codearts-api.md, section 1). */
export const MAX_BODY_BYTES = 12 * 1024 * 1024;

/**
 * Reads a request to its end, also when it is too large: a client that is still sending would miss the answer.
 *
 * @returns null when the client went away before the end
 */
export async function readBody(request: IncomingMessage): Promise<RequestBody | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    }
  } catch (error) {
    if (request.complete) throw error;
    return null;
  }
  if (size > MAX_BODY_BYTES) return { kind: 'too-large' };
  const text = Buffer.concat(chunks).toString();
  return { kind: 'read', value: jsonOrText(text), text };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}
