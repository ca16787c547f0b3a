import { expect } from 'vitest';
import type { HistoryRow } from '../../../src/commands/rows.ts';
import { until } from '../../fixtures/run.ts';
import { type World, test } from '../../fixtures/world.ts';

/** The world's environment with other credentials than the token. */
function withCredentials(
  { env, sandbox }: World,
  credentials: Record<string, string>,
): Record<string, string> {
  const { CODEARTS_HOOKS_TOKEN: _token, ...rest } = env;
  return { ...rest, CODEARTS_HOOKS_IAM_ENDPOINT: sandbox.url, ...credentials };
}

function key({ sandbox }: World): Record<string, string> {
  return { HUAWEICLOUD_SDK_AK: sandbox.ak, HUAWEICLOUD_SDK_SK: sandbox.sk };
}

function user({ sandbox }: World): Record<string, string> {
  const { name, password, domain } = sandbox.user;
  return { HW_USER_NAME: name, HW_USER_PASSWORD: password, HW_DOMAIN_NAME: domain };
}

async function push(world: World, env: Record<string, string>): Promise<string> {
  const after = await world.commit('a change');
  await world.git(['push', '--quiet', 'origin', 'main'], { env });
  await world.settled();
  return after;
}

async function lastRow(world: World, env: Record<string, string>): Promise<HistoryRow | undefined> {
  return (JSON.parse((await world.cli(['history', '--json'], { env })).stdout) as HistoryRow[])[0];
}

test('a push with an access key is signed', async ({ world }) => {
  const after = await push(world, withCredentials(world, key(world)));

  expect(world.triggers()).toMatchObject([{ after }]);
  expect(world.sandbox.requests().map(({ headers }) => headers['authorization'])).toEqual(['valid']);
});

test.for([8192, 17_000])(
  'a push of a user gets a token of %i characters, and the next push takes it again',
  async (tokenLength, { world }) => {
    world.sandbox.setRules({ tokenLength });
    const env = withCredentials(world, user(world));

    const [one, two] = [await push(world, env), await push(world, env)];

    expect(world.triggers()).toMatchObject([{ after: one }, { after: two }]);
    expect(world.sandbox.requests().map(({ path }) => path.split('/').at(-1)?.split('?')[0])).toEqual([
      'tokens',
      'auto-execute',
      'auto-execute',
    ]);
  },
);

test('where signatures are refused a push goes out with a token', async ({ world }) => {
  world.sandbox.setRules({ takesSignatures: false });

  const after = await push(world, withCredentials(world, { ...key(world), ...user(world) }));

  expect(world.triggers()).toMatchObject([{ after }]);
});

test('a token that ends between two pushes is fetched anew', async ({ world }) => {
  const env = withCredentials(world, user(world));
  await push(world, env);
  world.sandbox.expireTokens();

  const after = await push(world, env);

  expect(world.triggers()).toHaveLength(2);
  expect(world.triggers()[1]).toMatchObject({ after });
});

test('a wrong secret is sent twice at most over many pushes, then held with the remedy, and login sends them all', async ({
  world,
}) => {
  const env = withCredentials(world, {
    HUAWEICLOUD_SDK_AK: world.sandbox.ak,
    HUAWEICLOUD_SDK_SK: 'SKWRONG0001',
  });
  const pushed: string[] = [];
  for (let count = 0; count < 6; count += 1) pushed.push(await push(world, env));
  const row = await lastRow(world, env);
  const { stderr } = await world.git(['push', 'origin', 'main:other'], { env });
  await world.settled();
  const wrong = world.sandbox.requests().length;

  const right = withCredentials(world, {});
  await world.cli(['login', '--stdin'], {
    env: right,
    stdin: `ak=${world.sandbox.ak}\nsk=${world.sandbox.sk}\n`,
  });
  await until('all builds', async () => world.triggers().length >= 7);
  await world.settled();

  expect(wrong).toBe(2);
  expect(row).toMatchObject({
    state: 'held',
    reason: expect.stringMatching(/^the access key of HUAWEICLOUD_SDK_AK was refused: APIGW\.0301/),
  });
  expect(stderr).toMatch(/^codearts-hooks: 6 triggers wait: the access key .*; run codearts-hooks login$/m);
  expect(stderr).not.toContain('SKWRONG');
  const main = world.triggers().filter(({ ref }) => ref === 'refs/heads/main');
  expect(main.map(({ after }) => after)).toEqual(pushed);
});

test('IAM that is down is tried again, and the push is delivered', async ({ world }) => {
  world.sandbox.setRules({ iam: 'unavailable' });
  const env = withCredentials(world, user(world));
  const after = await world.commit('a change');
  await world.git(['push', '--quiet', 'origin', 'main'], { env });
  const early = await until('IAM to have been asked', async () => {
    const row = await lastRow(world, env);
    return row?.reason?.includes('IAM answers') ? row : null;
  });

  world.sandbox.setRules({ iam: 'open' });
  await world.settled();

  expect(early).toMatchObject({ state: 'queued' });
  expect(world.triggers()).toMatchObject([{ after }]);
});
