import { outsideText } from '../core/outside-text.ts';
import { isRecord, stringAt } from '../core/record.ts';

/** Messages may quote a request, token and all; codes and numbers are short. */
const MESSAGE_LIMIT = 500;
const WORD_LIMIT = 100;

/** A build as the service numbers it. Numbers stay text: they may be larger than a double holds. */
export interface StartedBuild {
  readonly jobName: string;
  readonly number: string;
  readonly dailyNumber: string;
}

/** What a reply's body says. */
export interface ReplyBody {
  readonly isJson: boolean;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** The body says that it failed, with or without a code. */
  readonly isFailure: boolean;
  readonly build: StartedBuild | null;
}

/**
 * Reads a reply's body, whatever its content type says: the service has been seen to send JSON as text. All
 * forms of codearts-api.md section 5, the build flat or under `result`.
 */
export function parseReply(text: string): ReplyBody {
  const none = { errorCode: null, errorMessage: null, isFailure: false, build: null };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { isJson: false, ...none };
  }
  if (!isRecord(value)) return { isJson: true, ...none };
  const error = isRecord(value['error']) ? value['error'] : null;
  const errorCode = textAt(value, 'error_code') ?? textAt(error, 'code');
  const said = stringAt(value, 'error_msg') ?? stringAt(error, 'message') ?? stringAt(value, 'error');
  const errorMessage = said && outsideText(said, MESSAGE_LIMIT);
  const isFailure = errorCode !== null || /^(?:fail|failed|error)$/i.test(stringAt(value, 'status') ?? '');
  const build = isFailure ? null : (buildIn(value) ?? buildIn(value['result']));
  return { isJson: true, errorCode, errorMessage, isFailure, build };
}

function buildIn(value: unknown): StartedBuild | null {
  const number = textAt(value, 'actual_build_number');
  if (number === null) return null;
  return {
    jobName: textAt(value, 'octopus_job_name') ?? '',
    number,
    dailyNumber: textAt(value, 'daily_build_number') ?? '',
  };
}

function textAt(value: unknown, key: string): string | null {
  const found = isRecord(value) ? value[key] : null;
  if (typeof found === 'string' && found !== '') return outsideText(found, WORD_LIMIT);
  return Number.isSafeInteger(found) ? String(found) : null;
}
