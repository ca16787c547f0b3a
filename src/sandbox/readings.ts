import type { Call } from './admit.ts';
import type { Gate } from './authenticate.ts';
import type { Reply } from './reply.ts';

/** What a call that starts no build is answered. */
export interface Answer {
  /** A word, or the error code answered; as in `ReceivedRequest`. */
  readonly outcome: string;
  readonly reply: Reply;
}

/** A route that starts no build. It meets no fault of the script, which is of the calls that start builds. */
export interface Reading<Service = Gate> {
  readonly isFor: (call: Pick<Call, 'method' | 'path'>) => boolean;
  readonly answer: (call: Call, service: Service) => Answer;
  /** What of its body is recorded; by default nothing. */
  readonly recorded?: (body: unknown) => unknown;
}
