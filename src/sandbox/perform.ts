import type { ServerResponse } from 'node:http';
import type { Action, Decision } from './decide.ts';
import { sendHalf, sendReply } from './reply.ts';

/** Carries out a decision, when it is due. A client that leaves before gets nothing. */
export function perform({ action, afterMs = 0 }: Omit<Decision, 'outcome'>, response: ServerResponse): void {
  if (afterMs === null || response.destroyed) return;
  if (afterMs === 0) {
    act(action, response);
    return;
  }
  const timer = setTimeout(() => act(action, response), afterMs);
  // `close` of the sandbox cuts the connection too, and no timer may outlive it.
  response.once('close', () => clearTimeout(timer));
}

function act(action: Action, response: ServerResponse): void {
  switch (action.kind) {
    case 'reply':
      sendReply(response, action.reply);
      break;
    case 'half-reply':
      sendHalf(response, action.reply);
      break;
    case 'close':
      response.destroy();
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
  }
}
