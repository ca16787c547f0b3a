import type { Fault, FaultOf } from './faults.ts';
import { isObject } from './is-object.ts';

interface FieldRule {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  readonly optional?: true;
}

type FieldRules = {
  readonly [Kind in Fault['kind']]: { readonly [Field in keyof Omit<FaultOf<Kind>, 'kind'>]-?: FieldRule };
};

/** setTimeout fires at once beyond this. */
const MAX_MS = 2 ** 31 - 1;
const MS = { expected: `a whole number of milliseconds up to ${MAX_MS}`, accepts: isWholeUpTo(MAX_MS) };
const SECONDS = { expected: 'a whole number of seconds', accepts: isWholeUpTo(Number.MAX_SAFE_INTEGER) };
const BUILT = {
  expected: 'a boolean',
  accepts: (value: unknown) => typeof value === 'boolean',
  optional: true,
} as const;
const TEXT = { expected: 'a string', accepts: (value: unknown) => typeof value === 'string' };
const HEADERS = { expected: 'an object of valid header names and values', accepts: isHeaders };
const ANY_STATUS = {
  expected: 'a whole number from 200 to 599',
  accepts: (value: unknown) => isWholeUpTo(599)(value) && Number(value) >= 200,
};

const RULES: FieldRules = {
  none: {},
  refuse: {},
  'reset-before-reply': {},
  'lost-reply': {},
  hang: { ms: { ...MS, optional: true }, built: BUILT },
  slow: { ms: MS },
  status: {
    status: ANY_STATUS,
    body: { expected: 'text or JSON', accepts: isJson, optional: true },
    headers: { ...HEADERS, optional: true },
    built: BUILT,
  },
  throttled: { retryAfterSeconds: { ...SECONDS, optional: true } },
  'too-frequent': { status: oneOf([400, 500]) },
  'bad-gateway': {},
  unavailable: {},
  'gateway-timeout': {},
  html: {},
  'error-code-in-200': { code: { ...TEXT, optional: true } },
  'status-fail': {},
  wrapped: {},
  redirect: {
    status: oneOf([301, 302, 303, 307, 308]),
    location: { expected: 'a valid header value', accepts: isHeaderValue },
  },
  'cut-body': {},
  'token-expired': {},
};

/**
 * Checks a fault script from outside: parsed JSON, or a test's own array.
 *
 * @returns a copy, so that a later change of the argument changes no script
 * @throws {TypeError} on the first thing wrong; it names the fault's index, from 0, and the field
 */
export function parseFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) throw new TypeError(`faults must be an array, got ${shown(value)}`);
  value.forEach(checkFault);
  const faults: Fault[] = JSON.parse(JSON.stringify(value));
  return faults;
}

function checkFault(fault: unknown, index: number): void {
  if (!isObject(fault)) throw new TypeError(`fault ${index} must be an object, got ${shown(fault)}`);
  const kind = fault['kind'];
  if (!isKind(kind)) {
    const known = Object.keys(RULES).join(', ');
    throw new TypeError(`fault ${index}: kind must be one of ${known}, got ${shown(kind)}`);
  }
  const rules = new Map<string, FieldRule>(Object.entries(RULES[kind]));
  for (const field of Object.keys(fault)) {
    if (field !== 'kind' && !rules.has(field)) {
      throw new TypeError(`fault ${index} (${kind}) has no field ${JSON.stringify(field)}`);
    }
  }
  for (const [field, { expected, accepts, optional }] of rules) {
    const value = fault[field];
    if (value === undefined && optional) continue;
    if (!accepts(value)) {
      throw new TypeError(`fault ${index} (${kind}): ${field} must be ${expected}, got ${shown(value)}`);
    }
  }
}

function isKind(value: unknown): value is Fault['kind'] {
  return typeof value === 'string' && Object.hasOwn(RULES, value);
}

function isWholeUpTo(max: number): (value: unknown) => boolean {
  return (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;
}

function oneOf(values: readonly unknown[]): FieldRule {
  return { expected: `one of ${values.join(', ')}`, accepts: (value) => values.includes(value) };
}

function isHeaders(value: unknown): boolean {
  if (!isObject(value)) return false;
  return Object.entries(value).every(
    ([name, text]) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && isHeaderValue(text),
  );
}

function isHeaderValue(value: unknown): boolean {
  return typeof value === 'string' && /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(value);
}

function isJson(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch (error) {
    // A cycle or a bigint; anything else is thrown by a toJSON of the caller's.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function shown(value: unknown): string {
  return isJson(value) ? JSON.stringify(value) : typeof value;
}
