import { expect, test } from 'vitest';
import { CodeArtsClient, type PushEvent } from '../../src/api/index.ts';
import { ZERO_OID, oidOf } from '../fixtures/oid.ts';
import { JOB, startSandbox } from '../sandbox/running-sandbox.ts';

const EVENT: PushEvent = {
  event_type: 'push',
  ref: 'refs/heads/main',
  before: ZERO_OID,
  after: oidOf('a'),
  commits: [{ id: oidOf('a'), message: 'one' }],
  repository: { name: 'shop' },
};
const HOUR_MS = 3_600_000;

test('a token starts a build, and the event arrives as it was given', async () => {
  const sandbox = await startSandbox();
  const client = new CodeArtsClient({ endpoint: sandbox.url, token: sandbox.token });

  expect(await client.trigger(JOB, EVENT)).toEqual({
    kind: 'accepted',
    build: { jobName: JOB, number: '1', dailyNumber: expect.stringMatching(/^\d{8}\.1$/) as string },
  });
  expect(sandbox.requests()).toMatchObject([{ body: EVENT, headers: { 'x-auth-token': 'valid' } }]);
});

test('an access key signs, by a clock that is put right by the service’s', async () => {
  const sandbox = await startSandbox();
  sandbox.setRules({ clockOffsetMs: HOUR_MS });
  const { ak, sk } = sandbox;
  const client = new CodeArtsClient({ endpoint: sandbox.url, accessKey: { ak, sk } });

  expect(await client.trigger(JOB, EVENT)).toMatchObject({ kind: 'accepted' });
  expect(sandbox.requests().map(({ headers }) => headers['authorization'])).toEqual(['invalid', 'valid']);
});

test('a temporary key is signed with its security token', async () => {
  const sandbox = await startSandbox({ key: { securityToken: 'temporary' } });
  const { ak, sk } = sandbox;
  const accessKey = { ak, sk, securityToken: 'temporary' };
  const client = new CodeArtsClient({ endpoint: sandbox.url, accessKey });

  expect(await client.trigger(JOB, EVENT)).toMatchObject({ kind: 'accepted' });
});

test('a user has his token fetched, and again when the service takes it no more', async () => {
  const sandbox = await startSandbox();
  const { url: endpoint, iamUrl: iamEndpoint, user } = sandbox;
  const client = new CodeArtsClient({ region: 'cn-north-4', endpoint, iamEndpoint, user });

  const first = await client.trigger(JOB, EVENT);
  sandbox.expireTokens();
  const second = await client.trigger(JOB, EVENT);

  expect([first.kind, second.kind]).toEqual(['accepted', 'accepted']);
});

test('execute names the commit, and carries parameters as they are', async () => {
  const sandbox = await startSandbox();
  const client = new CodeArtsClient({ endpoint: sandbox.url, token: sandbox.token });

  expect(await client.execute(JOB, EVENT, { level: '${ref}' })).toMatchObject({ kind: 'accepted' });
  expect(sandbox.requests()).toMatchObject([
    {
      path: '/v1/job/execute',
      body: {
        job_id: JOB,
        parameter: [{ name: 'level', value: '${ref}' }],
        scm: { build_type: 'commitId', branch: 'main', build_commit_id: EVENT.after },
      },
    },
  ]);
});

test('each request is sent once, and its result says what to do next', async () => {
  const sandbox = await startSandbox();
  const client = new CodeArtsClient({ endpoint: sandbox.url, token: sandbox.token });
  sandbox.setFaults([{ kind: 'throttled', retryAfterSeconds: 7 }, { kind: 'lost-reply' }]);

  expect(await client.trigger(JOB, EVENT)).toMatchObject({ kind: 'retry', afterMs: 7000 });
  expect(await client.trigger(JOB, EVENT)).toMatchObject({ kind: 'ambiguous' });
  expect(sandbox.requests()).toHaveLength(2);
});

test('credentials that are refused twice are not sent again', async () => {
  const sandbox = await startSandbox();
  const client = new CodeArtsClient({ endpoint: sandbox.url, token: 'wrong' });

  const results = [];
  for (let n = 0; n < 4; n += 1) results.push(await client.trigger(JOB, EVENT));

  results.push(await client.builds(JOB, new Date()));

  expect(results.map(({ kind }) => kind)).toEqual(['held', 'held', 'held', 'held', 'untold']);
  expect(results[3]).toEqual(results[1]);
  expect(JSON.stringify(results)).not.toContain('"wrong"');
  expect(sandbox.requests()).toHaveLength(2);
});

test('a lost answer is looked up: the build that was started, and none of before', async () => {
  const sandbox = await startSandbox();
  const client = new CodeArtsClient({ endpoint: sandbox.url, token: sandbox.token });
  const since = new Date(Date.now() - 1000);
  sandbox.setFaults([{ kind: 'lost-reply' }]);
  await client.trigger(JOB, EVENT);

  const found = await client.builds(JOB, since);
  const later = await client.builds(JOB, new Date(Date.now() + HOUR_MS));

  expect(found).toMatchObject({
    kind: 'builds',
    builds: [{ number: '1', commitId: EVENT.after, branch: 'main' }],
  });
  expect(later).toEqual({ kind: 'builds', builds: [] });
});

test('a history that may not be read is not told', async () => {
  const sandbox = await startSandbox();
  sandbox.setHistoryAccess('forbidden');
  const client = new CodeArtsClient({ endpoint: sandbox.url, token: sandbox.token });

  expect(await client.builds(JOB, new Date())).toMatchObject({
    kind: 'untold',
    reason: expect.stringContaining('APIGW.0302') as string,
  });
});

test('while IAM is down, a user’s request is to be sent later, and the history is not told', async () => {
  const sandbox = await startSandbox();
  sandbox.setRules({ iam: 'unavailable' });
  const { url: endpoint, iamUrl: iamEndpoint, user } = sandbox;
  const client = new CodeArtsClient({ region: 'cn-north-4', endpoint, iamEndpoint, user });

  expect(await client.trigger(JOB, EVENT)).toMatchObject({ kind: 'retry' });
  expect(await client.builds(JOB, new Date())).toMatchObject({ kind: 'untold' });
});

test('a user without a region is held: no token can be asked for', async () => {
  const { url: endpoint, user } = await startSandbox();
  const client = new CodeArtsClient({ endpoint, user });

  expect(await client.trigger(JOB, EVENT)).toMatchObject({ kind: 'held', hold: 'endpoint' });
});

test.each([
  [{ token: 't' }, 'no region and no endpoint is set'],
  [{ region: 'x/y', token: 't' }, '"x/y" is not a region'],
  [{ endpoint: 'http://build.example', token: 't' }, 'the endpoint must be https'],
  [{ region: 'cn-north-4' }, 'no credentials: give accessKey, token or user'],
  [{ region: 'cn-north-4', token: 'a\nb' }, 'malformed credentials: token holds characters'],
])('%j is refused', (options, message) => {
  expect(() => new CodeArtsClient(options)).toThrow(message);
});

test('a job’s id and a commit’s name are checked before anything is sent', async () => {
  const sandbox = await startSandbox();
  const client = new CodeArtsClient({ endpoint: sandbox.url, token: sandbox.token });

  await expect(client.trigger('../x', EVENT)).rejects.toThrow(TypeError);
  await expect(client.builds('../x', new Date())).rejects.toThrow(TypeError);
  await expect(client.execute(JOB, { ...EVENT, after: 'abc' })).rejects.toThrow(TypeError);
  expect(sandbox.requests()).toEqual([]);
});
