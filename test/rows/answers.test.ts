import { describe, expect, test } from 'vitest';
import { judge } from '../../src/codearts/outcome.ts';
import { retryAfterMs } from '../../src/codearts/retry-after.ts';
import type { HttpResult } from '../../src/platform/http.ts';

function reply(
  status: number,
  text: string,
  headers: Record<string, string> = {},
  isComplete = true,
): HttpResult {
  return { kind: 'reply', status, headers, text, isComplete };
}

function kindOf(result: HttpResult): string {
  const outcome = judge(result);
  return outcome.kind === 'held' ? `held(${outcome.hold})` : outcome.kind;
}

const BUILD = { octopus_job_name: 'x', actual_build_number: '7', daily_build_number: '20260101.7' };

describe('what the service answers', () => {
  test.each([
    [12, 'a page to sign in', 200, '<!doctype html><form>', 'ambiguous'],
    [13, '200 with a code that rejects', 200, '{"error_code":"CB.00060201"}', 'rejected'],
    [13, '200 with a code of a token', 200, '{"error_code":"APIGW.0301"}', 'held(login)'],
    [15, '204', 204, '', 'ambiguous'],
    [15, 'nothing', 200, '', 'ambiguous'],
    [15, 'null', 200, 'null', 'ambiguous'],
    [15, 'a list', 200, '[]', 'ambiguous'],
    [15, 'a number that no double holds', 200, '{"actual_build_number":1152921504606846977}', 'ambiguous'],
    [15, 'a number as text', 200, JSON.stringify(BUILD), 'accepted'],
    [15, 'a huge number as text', 200, '{"actual_build_number":"1152921504606846976"}', 'accepted'],
    [16, '301', 301, '', 'held(config)'],
    [16, '302', 302, '', 'held(config)'],
    [16, '307', 307, '', 'held(config)'],
    [17, '401', 401, '', 'held(login)'],
    [17, '403', 403, '', 'held(permission)'],
    [17, '404', 404, '', 'rejected'],
    [17, '410', 410, '', 'rejected'],
    [17, '422', 422, '', 'rejected'],
    [17, '429', 429, '', 'retry'],
  ])('row %i: %s', (_row, _what, ...[status, text, kind]) => {
    expect(kindOf(reply(status, text))).toBe(kind);
  });

  test('row 14: a body that broke off', () => {
    expect(kindOf(reply(200, JSON.stringify(BUILD), {}, false))).toBe('ambiguous');
  });

  test.each<readonly [string, Record<string, string>, number]>([
    ['nothing', {}, 60_000],
    ['seconds', { 'retry-after': '5' }, 5000],
    [
      'a date',
      { 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT', date: 'Thu, 01 Jan 2026 00:00:00 GMT' },
      60_000,
    ],
    [
      'a date that is past',
      { 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT', date: 'Thu, 01 Jan 2026 00:01:00 GMT' },
      0,
    ],
    ['31 years', { 'retry-after': '1000000000' }, 86_400_000],
    ['nonsense', { 'retry-after': 'soon' }, 60_000],
    ['less than nothing', { 'retry-after': '-5' }, 60_000],
  ])('row 17: 429 with a Retry-After of %s', (_, headers, ms) => {
    expect(retryAfterMs({ status: 429, headers, text: '' })).toBe(ms);
  });
});
