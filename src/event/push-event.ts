import { createHash } from 'node:crypto';
import type { Oid } from '../core/oid.ts';
import type { Evidence } from '../push/confirm.ts';
import type { ExecuteOrder } from './execute.ts';
import type { UpdateKind } from './kind.ts';
import type { Payload } from './payload.ts';

/** How we learned of the push. */
export type EventSource = 'push' | 'swept' | 'manual' | 'receive';

/** Where an event is on its way; the words of `history --json`. The last five are final. */
export type EventState =
  | 'queued'
  | 'sending'
  | 'ambiguous'
  | 'held'
  | 'delivered'
  | 'failed'
  | 'expired'
  | 'superseded'
  | 'skipped';

/** Why an event is held, each with another remedy; `unknown`: nobody can tell whether its build was started. */
export type Hold = 'config' | 'untrusted' | 'endpoint' | 'login' | 'permission' | 'too-many' | 'unknown';

/** One request to the service. */
export interface Attempt {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly durationMs: number | null;
  readonly httpStatus: number | null;
  /** The service's code, or ours for a connection that failed. */
  readonly errorCode: string | null;
  readonly requestId: string | null;
  readonly outcome: 'accepted' | 'retry' | 'ambiguous' | 'held' | 'rejected';
}

/** The build that was started, in the service's words. */
export interface Build {
  readonly jobName: string;
  readonly number: string;
  readonly dailyNumber: string;
}

/** A confirmed push of one ref, for one job: what the spool keeps, one file each. */
export interface PushEvent {
  readonly v: 1;
  /** 12 hex digits, the same for every attempt and after every crash. */
  readonly id: string;
  /** Order of arrival in this repository. */
  readonly seq: number;
  readonly source: EventSource;
  /** What the id was made from, with the ref and the job's name. */
  readonly noteId: string;
  /** Milliseconds since 1970: from when to when the push may have been in flight. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly evidence: Evidence;
  /** The process that pushed, `pid start boot`; null where it is not known. Two hooks may see one push. */
  readonly pushProcess: string | null;
  readonly remote: string;
  readonly url: string;
  readonly ref: string;
  readonly before: Oid;
  /** A commit: annotated tags are peeled, their own id is in `tag`. */
  readonly after: Oid;
  readonly tag: Oid | null;
  readonly kind: UpdateKind;
  /** Null until a config tells. */
  readonly job: { readonly id: string; readonly name: string } | null;
  /** Where the push was made: the config is read from there. */
  readonly cwd: string;
  readonly gitDir: string;
  readonly region: string | null;
  /** Where the request goes, `https://host`; null while nothing tells. */
  readonly endpoint: string | null;
  /** Where a token comes from, in the same form; null or absent: nothing tells. */
  readonly iamUrl?: string | null;
  readonly payload: Payload | null;
  /** For a job that is started by `execute`: what that is told, in place of the payload. */
  readonly execute?: ExecuteOrder;
  /** What is not as one would expect of this push, one sentence each. */
  readonly remarks?: readonly string[];
  readonly state: EventState;
  readonly hold: Hold | null;
  /** One sentence for the user; null when there is nothing to explain. */
  readonly reason: string | null;
  readonly attempts: readonly Attempt[];
  /** Milliseconds since 1970; null: now. */
  readonly nextAttemptAt: number | null;
  /** Not before that, whoever asks: the service's own wish. */
  readonly notBefore: number | null;
  /** When it was put into the queue, milliseconds since 1970: it expires some days later. */
  readonly queuedAt: number;
  /** How often the build history was asked in vain since the last attempt, whose outcome is open. */
  readonly looks: number;
  /** A build of an attempt whose outcome was never known may have been started besides. */
  readonly isResent: boolean;
  /** What is done when the outcome is open and the build history cannot be read: the config's `on-unknown`. */
  readonly onUnknown: 'resend' | 'hold';
  readonly build: Build | null;
}

/** The states that are the end of an event, but for a user who asks for more. */
const FINAL: readonly EventState[] = ['delivered', 'failed', 'expired', 'superseded', 'skipped'];

/** Whether nothing more becomes of an event by itself. */
export function isFinal({ state }: Pick<PushEvent, 'state'>): boolean {
  return FINAL.includes(state);
}

/** The value that the ref was given: a tag's own object, where `after` is its commit. */
export function newValueOf({ tag, after }: Pick<PushEvent, 'tag' | 'after'>): Oid {
  return tag ?? after;
}

/** The id of the event that a note's update has for a job; '' while no job is known. */
export function eventId(noteId: string, ref: string, jobName: string): string {
  return createHash('sha256')
    .update(JSON.stringify([noteId, ref, jobName]))
    .digest('hex')
    .slice(0, 12);
}
