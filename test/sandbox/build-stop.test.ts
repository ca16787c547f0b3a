import { expect, onTestFinished, test } from 'vitest';
import { SAMPLE_CATALOGUE } from '../../src/sandbox/catalogue.ts';
import { type Sandbox, type SandboxOptions, createSandbox } from '../../src/sandbox/sandbox.ts';

const JOB = 'f9d6c8466d614a9788e9a0acf6c15f46';

async function start(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function call({ url, token }: Sandbox, method: string, path: string, body?: unknown) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { 'x-auth-token': token, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test('a build that runs is stopped: its record says ABORTED, and it cannot be stopped again', async () => {
  const sandbox = await start();
  sandbox.setPlans([{ queueMs: 0, runMs: 600_000 }]);
  await call(sandbox, 'POST', `/v1/job/${JOB}/auto-execute`, {});

  const stopped = await call(sandbox, 'POST', `/v1/job/${JOB}/stop`, { build_no: 1 });
  const record = await call(sandbox, 'GET', `/v1/record/${JOB}/1/record-info`);
  const again = await call(sandbox, 'POST', `/v1/job/${JOB}/stop`, { build_no: 1 });

  expect(stopped).toMatchObject({ status: 200, body: { status: 'success' } });
  expect(record.body['result']).toMatchObject({ status: 'ABORTED' });
  expect(again).toMatchObject({ status: 400, body: { error_msg: 'The build has ended.' } });
});

test.each([
  [{ build_no: 7 }, 422, 'DEVCB.00031006'],
  [{ build_no: '1' }, 400, 'CB.00060200'],
  [[], 400, 'CB.00060200'],
])('to stop %j is answered with %i', async (body, status, code) => {
  const sandbox = await start();

  const answer = await call(sandbox, 'POST', `/v1/job/${JOB}/stop`, body);

  expect(answer).toMatchObject({ status, body: { error_code: code } });
});

test('without a token nothing is stopped', async () => {
  const sandbox = await start();

  const answer = await call({ ...sandbox, token: 'wrong' }, 'POST', `/v1/job/${JOB}/stop`, { build_no: 1 });

  expect(answer).toMatchObject({ status: 401, body: { error_code: 'APIGW.0301' } });
});

test('the catalogue is listed with what speaks against a job, and its configs agree', async () => {
  const sandbox = await start({ catalogue: SAMPLE_CATALOGUE });

  const list = await call(sandbox, 'GET', `/v1/job/p/list?page_index=0&page_size=100&search=shop`);
  const config = await call(sandbox, 'GET', `/v1/job/${SAMPLE_CATALOGUE[1]?.id}/config`);

  expect(list.body['result']).toMatchObject({
    total: 4,
    job_list: [
      { job_name: 'shop-ci', disabled: false, is_execute: true },
      { job_name: 'shop-release', disabled: false, is_execute: true },
      { job_name: 'shop-nightly', disabled: true, is_execute: true },
      { job_name: 'shop-deploy', disabled: false, is_execute: false },
    ],
  });
  expect(config.body['result']).toMatchObject({ job_name: 'shop-release', build_if_code_updated: true });
});
