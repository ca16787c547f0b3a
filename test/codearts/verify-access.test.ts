import { expect, test } from 'vitest';
import { verifyAccess } from '../../src/codearts/verify-access.ts';
import type { HttpResult } from '../../src/platform/http.ts';

const TARGET = { endpoint: 'https://builds.example', iamUrl: null, region: null };

async function verdict(result: HttpResult) {
  const access = {
    kind: 'ready',
    send: async () => result,
    words: () => 'the access key of HW_ACCESS_KEY',
  } as const;
  return await verifyAccess(access, TARGET, 'f'.repeat(32));
}

test('a key that was refused twice is told as refused, though it was not sent', async () => {
  expect(await verdict({ kind: 'failed', hasLeft: false, code: 'REFUSED_BEFORE' })).toEqual({
    kind: 'refused',
    reason: 'the access key of HW_ACCESS_KEY was refused: twice already, so it is not sent again',
  });
});

test('a service that cannot be reached says nothing of them', async () => {
  expect(await verdict({ kind: 'failed', hasLeft: false, code: 'ECONNREFUSED' })).toEqual({
    kind: 'untold',
    reason: 'the service could not be reached (ECONNREFUSED)',
    isSetting: false,
  });
});

const PAGE = '<html>Sign in to the WiFi</html>';

test.each([
  [200, PAGE, true, 'untold'],
  [200, '{"result": ', false, 'untold'],
  [403, PAGE, true, 'untold'],
  [404, PAGE, true, 'untold'],
  [200, '{"result": {"job_name": "ci"}}', true, 'taken'],
  [403, '{"error_code": "APIGW.0302"}', true, 'taken'],
  [422, '{"error_code": "DEVCB.00031006"}', true, 'taken'],
  [401, PAGE, true, 'refused'],
])('HTTP %i with %s, whole: %s, says: %s', async (status, text, isComplete, kind) => {
  expect((await verdict({ kind: 'reply', status, headers: {}, text, isComplete })).kind).toBe(kind);
});
