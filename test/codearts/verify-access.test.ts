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
