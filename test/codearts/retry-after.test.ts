import { expect, test } from 'vitest';
import { retryAfterMs } from '../../src/codearts/retry-after.ts';

const DATE = 'Thu, 01 Jan 2026 00:00:00 GMT';
const DAY = 86_400_000;

// [Retry-After, wait after a 503, after a 429]
test.each([
  ['5', 5000, 5000],
  [' 5 ', 5000, 5000],
  ['0', 0, 0],
  ['120', 120_000, 120_000],
  ['1000000000', DAY, DAY],
  ['9'.repeat(400), DAY, DAY],
  ['Thu, 01 Jan 2026 00:02:00 GMT', 120_000, 120_000],
  ['Thursday, 01-Jan-26 00:02:00 GMT', 120_000, 120_000],
  ['Thu, 01 Jan 2026 00:00:00 GMT', 0, 0],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0, 0],
  ['Fri, 01 Jan 2027 00:00:00 GMT', DAY, DAY],
  ['', 0, 60_000],
  ['soon', 0, 60_000],
  ['-5', 0, 60_000],
  ['1.5', 0, 60_000],
  ['1e9', 0, 60_000],
  ['5 apples', 0, 60_000],
  ['Thu, 99 Foo 2026', 0, 60_000],
])('Retry-After: %s', (header, after503, after429) => {
  const headers = { 'retry-after': header, date: DATE };

  expect(retryAfterMs({ status: 503, headers, text: '' })).toBe(after503);
  expect(retryAfterMs({ status: 429, headers, text: '' })).toBe(after429);
});

test('a date says nothing without the service’s own', () => {
  const headers = { 'retry-after': 'Thu, 01 Jan 2026 00:02:00 GMT' };

  expect(retryAfterMs({ status: 429, headers, text: '' })).toBe(60_000);
});

test.each([
  ['policy user over ratelimit,limit:XX,time:1 minute', 60_000],
  ['policy user over ratelimit,limit:XX,time:2 minutes', 120_000],
  ['time: 3 Hour', 3 * 3_600_000],
  ['time:1 day', DAY],
  ['time:30 day', DAY],
  ['time:10 second', 60_000],
  ['time:1 fortnight', 60_000],
  ['overtime:9 hour', 60_000],
  ['', 60_000],
])('without a header the gateway’s message tells: %s', (message, expected) => {
  const text = JSON.stringify({ error_code: 'APIGW.0308', error_msg: message });

  expect(retryAfterMs({ status: 429, headers: {}, text })).toBe(expected);
});

test('the header counts for more than the message', () => {
  expect(retryAfterMs({ status: 429, headers: { 'retry-after': '7' }, text: 'time:1 minute' })).toBe(7000);
});
