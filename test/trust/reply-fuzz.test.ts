import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { signatureHeaders } from '../../src/codearts/signature.ts';
import { credentialSet } from '../../src/codearts/credential-set.ts';
import { type Outcome, judge } from '../../src/codearts/outcome.ts';
import { hideSecret } from '../../src/core/known-secrets.ts';
import { send } from '../../src/platform/http.ts';
import { startRawServer } from '../fixtures/raw-server.ts';
import { RUNS } from './runs.ts';

const SECRET = 'S3CRET+canary/0123=';
const KINDS: readonly Outcome['kind'][] = ['accepted', 'retry', 'ambiguous', 'held', 'too-large', 'rejected'];
// Enough that every outcome is met.
const REPLIES = Math.max(RUNS, 3000);
hideSecret(SECRET);

const CODES = [
  'CB.00060211',
  'CB.00030004',
  'CB.00060100',
  'APIGW.0301',
  'APIGW.0307',
  'APIGW.0302',
  'APIGW.0308',
  'CB.00060200',
  'X.1',
];
const status = fc.oneof(
  fc.constantFrom(
    200,
    201,
    204,
    301,
    302,
    307,
    400,
    401,
    403,
    404,
    408,
    413,
    414,
    422,
    425,
    429,
    494,
    500,
    502,
    503,
    504,
  ),
  fc.integer({ min: 200, max: 599 }),
);
const word = fc.oneof(fc.string(), fc.constant(SECRET), fc.constant(Buffer.from(SECRET).toString('base64')));
const body = fc.oneof(
  fc.record(
    {
      error_code: fc.constantFrom(...CODES),
      error_msg: word,
      status: fc.constantFrom('success', 'fail', 'error'),
      actual_build_number: fc.oneof(
        fc.nat().map(String),
        fc.nat(),
        fc.constant(''),
        word.filter((text) => text !== ''),
      ),
      result: fc.record({ actual_build_number: fc.nat().map(String) }, { requiredKeys: [] }),
      error: fc.oneof(word, fc.record({ code: fc.constantFrom(...CODES), message: word }), fc.constant(null)),
    },
    { requiredKeys: [] },
  ),
  fc.jsonValue(),
);
const text = fc.oneof(
  { weight: 5, arbitrary: body.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.constant(`<html>${SECRET}</html>`) },
);
const headers = fc.record(
  {
    'retry-after': fc.oneof(
      fc.nat().map(String),
      fc.string(),
      fc.constant('Wed, 21 Oct 2026 07:28:00 GMT'),
      fc.constant('99999999999'),
    ),
    date: fc.oneof(fc.string(), fc.constant('Wed, 21 Oct 2026 07:00:00 GMT')),
    'x-request-id': word,
  },
  { requiredKeys: [] },
);

/** The documents' table: codearts-api.md section 5 and design.md section 8, by code first, then by status. */
function documented(httpStatus: number, raw: string, isComplete: boolean): Outcome['kind'] {
  const value = isComplete ? parse(raw) : null;
  const error = record(value?.['error']);
  const code = text1(value?.['error_code']) ?? text1(error?.['code']);
  const isFailed =
    code !== null || /^(fail|failed|error)$/i.test(JSON.stringify(value?.['status'] ?? '').slice(1, -1));
  if (httpStatus >= 300 && httpStatus < 400) return 'held';
  const isGood = httpStatus >= 200 && httpStatus < 300;
  if (isGood && !isFailed) {
    const build =
      text1(value?.['actual_build_number']) ?? text1(record(value?.['result'])?.['actual_build_number']);
    return build === null ? 'ambiguous' : 'accepted';
  }
  if (code === 'CB.00060211' || code === 'APIGW.0308') return 'retry';
  if (code !== null && ['CB.00030004', 'CB.00060100'].includes(code)) return 'ambiguous';
  if (code !== null && ['APIGW.0301', 'APIGW.0307', 'APIGW.0302'].includes(code)) return 'held';
  if (isGood) return 'rejected';
  if ([401, 403].includes(httpStatus)) return 'held';
  if ([408, 425, 429, 503].includes(httpStatus)) return 'retry';
  if ([413, 414, 494].includes(httpStatus)) return 'too-large';
  return httpStatus >= 500 ? 'ambiguous' : 'rejected';
}

function parse(raw: string): Record<string, unknown> | null {
  try {
    return record(JSON.parse(raw));
  } catch {
    return null;
  }
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function text1(value: unknown): string | null {
  if (typeof value === 'string' && value !== '') return value;
  return Number.isSafeInteger(value) ? String(value) : null;
}

test(`of ${REPLIES} replies each ends in the documented outcome, and quotes no secret`, () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(status, headers, text, fc.boolean(), (httpStatus, given, raw, isComplete) => {
      const outcome = judge({ kind: 'reply', status: httpStatus, headers: given, text: raw, isComplete });

      seen.add(outcome.kind);
      expect(outcome.kind).toBe(documented(httpStatus, raw, isComplete));
      expect(JSON.stringify(outcome)).not.toContain(SECRET);
      expect(JSON.stringify(outcome)).not.toContain(Buffer.from(SECRET).toString('base64'));
      if (outcome.kind === 'retry') expect(outcome.afterMs).toBeLessThanOrEqual(86_400_000);
    }),
    { numRuns: REPLIES },
  );
  expect([...seen].sort()).toEqual([...KINDS].sort());
});

const bytes = fc.oneof(
  fc.tuple(status, headers, text).map(([httpStatus, given, raw]) => {
    const lines = Object.entries(given).map(
      ([name, value]) => `${name}: ${value.replaceAll(/[^\x20-\x7e]/g, '')}\r\n`,
    );
    return `HTTP/1.1 ${httpStatus} x\r\n${lines.join('')}Content-Length: ${Buffer.byteLength(raw)}\r\n\r\n${raw}`;
  }),
  fc.string({ unit: 'binary' }),
  fc.string().map((junk) => `HTTP/1.1 ${junk}\r\n\r\n`),
  fc.constant(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`),
  fc.constant(`HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"a`),
  fc.constant(''),
);

test('whatever bytes come back, the end is one of the outcomes, never an error', async () => {
  let answer = '';
  const { url } = await startRawServer((socket, received) => {
    if (received.includes('\r\n\r\n{}')) socket.end(Buffer.from(answer));
  });
  await fc.assert(
    fc.asyncProperty(bytes, async (reply) => {
      answer = reply;
      const result = await send({ method: 'POST', url, headers: { 'x-auth-token': SECRET }, body: '{}' });

      expect(KINDS).toContain(judge(result).kind);
      // It has arrived: it must never count as not sent.
      if (result.kind === 'failed') expect(result.hasLeft).toBe(true);
      expect(JSON.stringify(judge(result))).not.toContain(SECRET);
    }),
    { numRuns: Math.round(RUNS / 10) },
  );
});

const value = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constant(`${SECRET}\n`),
  fc.constant(`${SECRET}\r\nX: y`),
  fc.constant(''),
);

test(`of ${RUNS} sets of credentials each can be sent as it is, or is told without a value`, () => {
  fc.assert(
    fc.property(
      fc.record({ ak: value, sk: value, 'security-token': value, token: value }, { requiredKeys: [] }),
      (fields) => {
        const lookup = credentialSet('x', fields);

        if (lookup.kind === 'broken') expect(lookup.reason).not.toContain('S3CRET');
        if (lookup.kind !== 'found') return;
        const { key, token } = lookup.set;
        expect(() => new Headers({ 'x-auth-token': token ?? '' })).not.toThrow();
        const request = { method: 'POST', url: 'https://h.example/x', headers: {}, body: '{}' };
        if (key) expect(() => new Headers(signatureHeaders(request, key, 0))).not.toThrow();
      },
    ),
    { numRuns: RUNS },
  );
});
