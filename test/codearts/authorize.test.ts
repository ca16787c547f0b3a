import { expect, test } from 'vitest';
import { WRONG_KEY, keyEnv, startGate, userEnv } from './gate.ts';

test('a key signs; nothing else is asked', async () => {
  const gate = await startGate();

  const result = await gate.trigger(gate.process(keyEnv(gate.sandbox)));

  expect(result).toMatchObject({ kind: 'reply', status: 200 });
  expect(gate.requests()).toEqual(['POST auto-execute 200']);
  expect(gate.sandbox.requests()[0]?.headers).toMatchObject({ authorization: 'valid' });
});

test('a temporary key is signed with its security token', async () => {
  const gate = await startGate({ key: { securityToken: 'ST-0123456789' } });
  const env = { ...keyEnv(gate.sandbox), HUAWEICLOUD_SDK_SECURITY_TOKEN: 'ST-0123456789' };

  const results = [
    await gate.trigger(gate.process(env)),
    await gate.trigger(gate.process(keyEnv(gate.sandbox))),
  ];

  expect(results).toMatchObject([{ status: 200 }, { status: 401 }]);
  expect(gate.sandbox.requests()[0]?.headers).toMatchObject({
    authorization: 'valid',
    'x-security-token': 'valid',
  });
});

test.each([8192, 17_000, 40_000])(
  'a user gets a token of %i characters, which serves all that follow',
  async (tokenLength) => {
    const gate = await startGate();
    gate.sandbox.setRules({ tokenLength });

    const results = [
      await gate.trigger(gate.process(userEnv(gate.sandbox))),
      await gate.trigger(gate.process(userEnv(gate.sandbox))),
    ];

    expect(results).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(gate.requests()).toEqual(['POST tokens 201', 'POST auto-execute 200', 'POST auto-execute 200']);
  },
);

test('a token that has ended between two calls is fetched anew, once', async () => {
  const gate = await startGate();
  const authorizer = gate.process(userEnv(gate.sandbox));
  await gate.trigger(authorizer);
  gate.sandbox.expireTokens();

  const results = [await gate.trigger(authorizer), await gate.trigger(gate.process(userEnv(gate.sandbox)))];

  expect(results).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(gate.requests().slice(2)).toEqual([
    'POST auto-execute 401',
    'POST tokens 201',
    'POST auto-execute 200',
    'POST auto-execute 200',
  ]);
});

test('of many requests whose token has ended at the same time one fetches it anew, for all', async () => {
  const gate = await startGate();
  const authorizer = gate.process(userEnv(gate.sandbox));
  await gate.trigger(authorizer);
  gate.sandbox.setFaults(Array.from({ length: 8 }, () => ({ kind: 'token-expired' as const })));

  const results = await Promise.all(Array.from({ length: 8 }, async () => await gate.trigger(authorizer)));

  expect(results).toMatchObject(results.map(() => ({ status: 200 })));
  expect(gate.requests().filter((each) => each.startsWith('POST tokens'))).toHaveLength(2);
});

test('of many signatures that are not taken at the same time one finds the user, for all', async () => {
  const gate = await startGate();
  const authorizer = gate.process({ ...keyEnv(gate.sandbox), ...userEnv(gate.sandbox) });
  await gate.trigger(authorizer);
  gate.sandbox.setRules({ takesSignatures: false });

  const results = await Promise.all(Array.from({ length: 4 }, async () => await gate.trigger(authorizer)));

  expect(results).toMatchObject(results.map(() => ({ status: 200 })));
  expect(gate.requests().filter((each) => each.startsWith('POST tokens'))).toHaveLength(1);
});

test('a token that the service goes on refusing is held after the second request', async () => {
  const gate = await startGate();
  gate.sandbox.setRules({ region: 'cn-south-1' });
  const authorizer = gate.process(userEnv(gate.sandbox));

  const first = await gate.trigger(authorizer);
  const next = await gate.trigger(gate.process(userEnv(gate.sandbox)));

  expect(first).toMatchObject({ status: 401 });
  expect(next).toMatchObject({ kind: 'held', hold: 'login', reason: expect.stringContaining('APIGW.0307') });
  expect(gate.requests().filter((each) => each.startsWith('POST auto'))).toHaveLength(2);
});

test.each([
  ['a wrong key', WRONG_KEY],
  ['a wrong token', { CODEARTS_HOOKS_TOKEN: 'T0KENWRONG01' }],
])('%s is sent twice at most, by however many processes', async (_, env) => {
  const gate = await startGate();

  const results = [];
  for (let run = 0; run < 5; run += 1) results.push(await gate.trigger(gate.process(env)));

  expect(results.map((result) => ('status' in result ? result.status : result.kind))).toEqual([
    401,
    401,
    'held',
    'held',
    'held',
  ]);
  expect(results[4]).toMatchObject({
    hold: 'login',
    reason: expect.stringMatching(/^the .+ of [A-Z_]+ was refused: APIGW\.0301/),
  });
  expect(gate.sandbox.requests()).toHaveLength(2);
  expect(JSON.stringify(results)).not.toMatch(/WRONG0/);
});

test('a better secret is taken at once, whatever was refused before', async () => {
  const gate = await startGate();
  for (let run = 0; run < 3; run += 1) await gate.trigger(gate.process(WRONG_KEY));

  expect(await gate.trigger(gate.process(keyEnv(gate.sandbox)))).toMatchObject({ status: 200 });
});

test('a wrong password is sent twice at most', async () => {
  const gate = await startGate();
  const env = { ...userEnv(gate.sandbox), HW_USER_PASSWORD: 'PASSWRONG01' };

  const results = [];
  for (let run = 0; run < 4; run += 1) results.push(await gate.trigger(gate.process(env)));

  expect(results).toMatchObject(Array.from({ length: 4 }, () => ({ kind: 'held', hold: 'login' })));
  expect(gate.requests()).toEqual(['POST tokens 401', 'POST tokens 401']);
  expect(JSON.stringify(results)).not.toContain('PASSWRONG01');
});

test('where signatures are not taken a user gets a token instead, and the next process knows', async () => {
  const gate = await startGate();
  gate.sandbox.setRules({ takesSignatures: false });
  const env = { ...keyEnv(gate.sandbox), ...userEnv(gate.sandbox) };

  const results = [await gate.trigger(gate.process(env)), await gate.trigger(gate.process(env))];

  expect(results).toMatchObject([{ status: 200 }, { status: 200 }]);
  expect(gate.requests()).toEqual([
    'POST auto-execute 401',
    'POST tokens 201',
    'POST auto-execute 200',
    'POST auto-execute 200',
  ]);
});

test.each([
  ['ak-sk', 'authorization', ['POST auto-execute 200']],
  ['token', 'x-auth-token', ['POST tokens 201', 'POST auto-execute 200']],
  ['auto', 'authorization', ['POST auto-execute 200']],
] as const)('"auth": "%s" sends %s', async (auth, header, requests) => {
  const gate = await startGate();
  const env = { ...keyEnv(gate.sandbox), ...userEnv(gate.sandbox) };

  expect(await gate.trigger(gate.process(env, { auth }))).toMatchObject({ status: 200 });

  expect(gate.requests()).toEqual(requests);
  expect(gate.sandbox.requests().at(-1)?.headers[header]).toBe('valid');
});

test('"auth": "ak-sk" with nothing but a token is held, and says why', async () => {
  const gate = await startGate();

  const result = await gate.trigger(gate.process({ CODEARTS_HOOKS_TOKEN: 'T0KEN' }, { auth: 'ak-sk' }));

  expect(result).toMatchObject({
    kind: 'held',
    hold: 'login',
    reason: expect.stringContaining('"auth": "ak-sk"'),
  });
});

test.each([20 * 60_000, -20 * 60_000])(
  'a clock that is %i ms off is put right by the reply, once',
  async (offset) => {
    const gate = await startGate();
    const authorizer = gate.process(keyEnv(gate.sandbox), {}, offset);

    const results = [await gate.trigger(authorizer), await gate.trigger(authorizer)];

    expect(results).toMatchObject([{ status: 200 }, { status: 200 }]);
    expect(gate.requests()).toEqual([
      'POST auto-execute 401',
      'POST auto-execute 200',
      'POST auto-execute 200',
    ]);
    expect(gate.log).toEqual([
      expect.stringMatching(/clock of this machine is 20 min (behind|ahead of) the service's/),
    ]);
  },
);

test('a wrong key on a machine whose clock is off is sent twice in all', async () => {
  const gate = await startGate();

  for (let run = 0; run < 4; run += 1) await gate.trigger(gate.process(WRONG_KEY, {}, 3_600_000));

  expect(gate.sandbox.requests()).toHaveLength(2);
});

test('IAM that cannot be reached, or not now, is no refusal', async () => {
  const gate = await startGate();
  gate.sandbox.setRules({ iam: 'unavailable' });

  const result = await gate.trigger(gate.process(userEnv(gate.sandbox)));

  expect(result).toMatchObject({ kind: 'later', reason: expect.stringContaining('HTTP 503') });
});

test('a user without a region is held, with the remedy', async () => {
  const gate = await startGate();
  const target = { endpoint: gate.sandbox.url, iamUrl: gate.sandbox.url, region: null };

  expect(await gate.process(userEnv(gate.sandbox)).access(target)).toMatchObject({
    kind: 'held',
    hold: 'endpoint',
    reason: expect.stringContaining('takes a region'),
  });
});
