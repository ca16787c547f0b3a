import { signatureOf } from '../codearts/signature.ts';
import { type Identities, type Ledger, type Rules, countFailure, isLocked } from './identities.ts';
import type { ApiError } from './reply.ts';

/** A request as far as it proves who sends it. */
export interface Proving {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it came; null: it was not read. */
  readonly text: string | null;
}

/** Who may call, and under which rules. */
export interface Gate {
  readonly identities: Identities;
  readonly rules: Rules;
  readonly ledger: Ledger;
}

const AUTHORIZATION =
  /^SDK-HMAC-SHA256 Access=(?<ak>[^,\s]+), SignedHeaders=(?<signed>[^,\s]+), Signature=(?<signature>[0-9a-f]{64})$/;
const DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const SKEW_MS = 15 * 60_000;

/**
 * What the gateway says to a caller: null when he is who he says he is. A token may be the constant one or one that
 * IAM has issued; a signature is checked over the headers that it names. More than five wrong ones in a row lock
 * the key.
 */
export function authenticate(proving: Proving, gate: Gate, now: number): ApiError | null {
  const { headers } = proving;
  if (headers['x-auth-token'] !== undefined) return tokenError(headers['x-auth-token'], gate, now);
  if (headers['authorization'] === undefined) return wrong('Incorrect IAM authentication information.');
  return signatureError(proving, gate, now);
}

/** Whether a header that proves something is right; counts nothing. */
export function isValid(name: string, proving: Proving, gate: Gate, now: number): boolean {
  const value = proving.headers[name] ?? '';
  if (name === 'x-auth-token') return tokenError(value, gate, now) === null;
  if (name === 'x-security-token') return value === gate.identities.key.securityToken;
  return name === 'authorization' && findSignatureProblem(proving, gate, now) === null;
}

function tokenError(token: string, { identities, rules, ledger }: Gate, now: number): ApiError | null {
  if (token === identities.token) return null;
  const issued = ledger.issued.get(token);
  if (!issued || issued.region === null) return wrong('Incorrect IAM authentication information.');
  const isOver = issued.expiresAt <= now || (rules.region !== null && issued.region !== rules.region);
  return isOver ? { status: 401, code: 'APIGW.0307', message: 'The token must be updated.' } : null;
}

function signatureError(proving: Proving, gate: Gate, now: number): ApiError | null {
  const { ledger, rules } = gate;
  if (!rules.takesSignatures)
    return wrong('Incorrect IAM authentication information: AK/SK is not supported');
  const ak = AUTHORIZATION.exec(proving.headers['authorization'] ?? '')?.groups?.['ak'] ?? '';
  if (isLocked(ledger, ak, now)) return wrong('Incorrect IAM authentication information: the AK is locked');
  const problem = findSignatureProblem(proving, gate, now);
  if (problem === null || problem.isForged) countFailure(ledger, ak, problem !== null, now);
  return problem && wrong(`Incorrect IAM authentication information: ${problem.why}`);
}

function findSignatureProblem(
  { method, path, headers, text }: Proving,
  { identities, rules }: Gate,
  now: number,
): { readonly why: string; readonly isForged: boolean } | null {
  const { key } = identities;
  const { ak, signed = '', signature } = AUTHORIZATION.exec(headers['authorization'] ?? '')?.groups ?? {};
  if (ak === undefined) return { why: 'the authorization is malformed', isForged: false };
  const [, ...parts] = DATE.exec(headers['x-sdk-date'] ?? '') ?? [];
  const [year = 0, month = 0, day = 0, hour, minute, second] = parts.map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  if (parts.length === 0 || Math.abs(at - (now + rules.clockOffsetMs)) > SKEW_MS) {
    return { why: 'the signature has expired', isForged: false };
  }
  const names = signed.split(';');
  const wanted = ['host', 'x-sdk-date', ...(key.securityToken === null ? [] : ['x-security-token'])];
  const isWhole = wanted.every((name) => names.includes(name)) && names.every((name) => name in headers);
  if (!isWhole) return { why: `these headers must be signed: ${wanted.join(', ')}`, isForged: false };
  if (ak !== key.ak) return { why: 'no such access key', isForged: true };
  const url = `http://${headers['host'] ?? ''}${path}`;
  const right = signatureOf({ method, url, headers, body: text ?? '' }, names, key.sk);
  const isRight = right === signature && (key.securityToken ?? undefined) === headers['x-security-token'];
  return isRight ? null : { why: 'the signature does not match', isForged: true };
}

function wrong(message: string): ApiError {
  return { status: 401, code: 'APIGW.0301', message };
}
