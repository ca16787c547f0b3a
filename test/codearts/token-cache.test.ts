import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cachedToken, forgetTokens } from '../../src/codearts/token-cache.ts';
import { fakeClock } from '../fixtures/fake-clock.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const OWNER = {
  iamUrl: 'https://iam.cn-north-4.myhuaweicloud.com',
  region: 'cn-north-4',
  user: { domain: 'd', name: 'n', password: 'p' },
};

async function makeCache() {
  const home = await scratchFolder();
  const env = { HOME: home };
  const clock = fakeClock();
  const result = {
    kind: 'token' as const,
    token: { token: 'fresh', expiresAt: clock.now() + 24 * 3_600_000 },
  };
  return {
    env,
    result,
    take: async (meanwhile: () => Promise<void>) =>
      await cachedToken(
        OWNER,
        { env, clock },
        {
          refused: null,
          ask: async () => {
            await meanwhile();
            return result;
          },
        },
      ),
    files: async () => await readdir(join(home, '.cache', 'codearts-hooks')),
  };
}

test('a token is kept for the next process', async () => {
  const { result, take, files } = await makeCache();

  await take(async () => undefined);

  expect(await files()).toContainEqual(expect.stringMatching(/^token-[0-9a-f]{16}\.json$/));
  expect(await take(() => Promise.reject(new Error('asked again')))).toEqual(result);
});

test('a token that comes after logout --all serves its process, and is not kept', async () => {
  const { env, result, take, files } = await makeCache();

  expect(await take(async () => await forgetTokens(null, env))).toEqual(result);
  expect(await files()).toEqual([]);
});
