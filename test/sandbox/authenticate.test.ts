import { expect, test } from 'vitest';
import { signatureHeaders } from '../../src/codearts/signature.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { JOB, startSandbox } from './running-sandbox.ts';

const PROJECT = '0618c0132d524af6b81030b083d00687';

/** Sends a signed request. */
async function signed(
  { url, ak, sk }: Sandbox,
  more: { path?: string; sk?: string; at?: number; body?: string; sent?: string } = {},
): Promise<number> {
  const { path = `/v1/job/${JOB}/auto-execute`, body = '{}' } = more;
  const key = { ak, sk: more.sk ?? sk, securityToken: null };
  const request = { method: 'POST', url: `${url}${path}`, headers: {}, body };
  const headers = signatureHeaders(request, key, more.at ?? Date.now());
  return (await fetch(request.url, { method: 'POST', headers, body: more.sent ?? body })).status;
}

async function token({ url, user }: Sandbox, more: { password?: string; scope?: object | null } = {}) {
  const { name, domain } = user;
  const password = { user: { name, password: more.password ?? user.password, domain: { name: domain } } };
  const scope = more.scope === undefined ? { project: { name: 'cn-north-4' } } : more.scope;
  const body = {
    auth: { identity: { methods: ['password'], password }, ...(scope === null ? {} : { scope }) },
  };
  return await fetch(`${url}/v3/auth/tokens?nocatalog=true`, { method: 'POST', body: JSON.stringify(body) });
}

test('a right signature is taken; one of another body, path, key or hour is not', async () => {
  const sandbox = await startSandbox();

  expect([
    await signed(sandbox),
    await signed(sandbox, { sent: '{"ref":"x"}' }),
    await signed(sandbox, { sk: 'another' }),
    await signed(sandbox, { at: Date.now() - 16 * 60_000 }),
    await signed(sandbox, { at: Date.now() + 16 * 60_000 }),
    await signed(sandbox, { at: Date.now() - 14 * 60_000 }),
  ]).toEqual([200, 401, 401, 401, 401, 200]);
});

test('more than five wrong signatures in a row lock the key; a right one before ends the row', async () => {
  const sandbox = await startSandbox();
  const wrong = async (count: number): Promise<void> => {
    for (let sent = 0; sent < count; sent += 1) await signed(sandbox, { sk: 'another' });
  };

  await wrong(5);
  const after5 = await signed(sandbox);
  await wrong(6);
  const after6 = await signed(sandbox);

  expect([after5, after6]).toEqual([200, 401]);
  sandbox.reset();
  expect(await signed(sandbox)).toBe(200);
});

test('IAM issues tokens of a project, as long as asked for, and its record holds no password', async () => {
  const sandbox = await startSandbox();
  sandbox.setRules({ tokenLength: 12_000 });

  const reply = await token(sandbox);
  const issued = reply.headers.get('x-subject-token') ?? '';
  const built = await fetch(`${sandbox.url}/v1/job/${JOB}/auto-execute`, {
    method: 'POST',
    headers: { 'x-auth-token': issued },
    body: '{}',
  });

  expect(reply.status).toBe(201);
  expect(issued).toHaveLength(12_000);
  expect(await reply.json()).toMatchObject({
    token: { project: { name: 'cn-north-4' }, expires_at: expect.any(String) },
  });
  expect(built.status).toBe(200);
  expect(JSON.stringify(sandbox.requests())).not.toContain(sandbox.user.password);
  expect(sandbox.requests()[0]).toMatchObject({ outcome: 'issued', status: 201 });
});

test.each([
  ['of the whole account', async (sandbox: Sandbox) => await token(sandbox, { scope: null }), 'APIGW.0301'],
  [
    'of another region',
    async (sandbox: Sandbox) => {
      sandbox.setRules({ region: 'cn-south-1' });
      return await token(sandbox);
    },
    'APIGW.0307',
  ],
  [
    'that has ended',
    async (sandbox: Sandbox) => {
      const reply = await token(sandbox);
      sandbox.expireTokens();
      return reply;
    },
    'APIGW.0307',
  ],
])('a token %s is refused', async (_, get, code) => {
  const sandbox = await startSandbox();
  const issued = (await get(sandbox)).headers.get('x-subject-token') ?? '';

  const reply = await fetch(`${sandbox.url}/v1/job/${JOB}/config`, { headers: { 'x-auth-token': issued } });

  expect(reply.status).toBe(401);
  expect(await reply.json()).toMatchObject({ error_code: code });
});

test('wrong passwords are refused in IAM’s own form, and lock the user', async () => {
  const sandbox = await startSandbox();

  const wrong = await token(sandbox, { password: 'no' });
  for (let sent = 0; sent < 5; sent += 1) await token(sandbox, { password: 'no' });
  const right = await token(sandbox);

  expect(await wrong.json()).toEqual({
    error: { code: 401, message: 'The username or password is wrong.', title: 'Unauthorized' },
  });
  expect(right.status).toBe(401);
});

test.each([
  [`/v1/job/${JOB}/config`, 200, { result: { job_name: 'shop-ci', build_if_code_updated: false } }],
  [`/v1/job/${'0'.repeat(32)}/config`, 422, { error_code: 'DEVCB.00031006' }],
  [
    `/v1/job/${PROJECT}/list?page_index=0&page_size=10`,
    200,
    { result: { total: 1, job_list: [{ id: JOB }] } },
  ],
  [`/v1/job/${PROJECT}/list?page_index=1&page_size=10`, 200, { result: { total: 1, job_list: [] } }],
  [`/v1/job/${PROJECT}/list?page_size=101`, 400, { error_code: 'CB.00060200' }],
  ['/v4/projects?offset=0&limit=1', 200, { total: 1, projects: [{ project_id: PROJECT }] }],
])('GET %s answers %i, uses up no fault, and wants a token', async (path, status, body) => {
  const sandbox = await startSandbox({ jobs: [JOB] });
  sandbox.setFaults([{ kind: 'unavailable' }]);
  const headers = { 'x-auth-token': sandbox.token };

  const reply = await fetch(`${sandbox.url}${path}`, { headers });
  const stranger = await fetch(`${sandbox.url}${path}`);

  expect(reply.status).toBe(status);
  expect(await reply.json()).toMatchObject(body);
  expect(stranger.status).toBe(401);
});
