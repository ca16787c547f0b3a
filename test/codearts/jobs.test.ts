import { expect, test } from 'vitest';
import { askService } from '../../src/codearts/ask-service.ts';
import { listJobs, readJobConfig } from '../../src/codearts/jobs.ts';
import { listProjects, projectsOrigin } from '../../src/codearts/projects.ts';
import { stopBuild } from '../../src/codearts/stop-build.ts';
import type { HttpRequest, HttpResult } from '../../src/platform/http.ts';

const ENDPOINT = 'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com';
const PROJECT = '0618c0132d524af6b81030b083d00687';
const JOB = 'f9d6c8466d614a9788e9a0acf6c15f46';

function reply(
  status: number,
  body: unknown,
  more: { isComplete?: boolean; headers?: Record<string, string> } = {},
): HttpResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'reply', status, headers: {}, text, isComplete: true, ...more };
}

/** A service that answers in this order, and what it was asked. */
function service(...replies: HttpResult[]) {
  const asked: HttpRequest[] = [];
  return {
    asked,
    send: async (request: HttpRequest): Promise<HttpResult> => {
      asked.push(request);
      return replies[asked.length - 1] ?? reply(500, 'no more');
    },
  };
}

function entry(n: number) {
  return { id: String(n).padStart(32, '0'), job_name: `job ${n}`, is_execute: true, disabled: false };
}

test('jobs are listed page by page, counted from 0, until a page is not full', async () => {
  const full = {
    result: { total: 41, job_list: Array.from({ length: 40 }, (_, n) => entry(n)) },
    status: 'success',
  };
  const rest = {
    result: {
      total: 41,
      job_list: [
        { id: JOB, job_name: 'a\u001b[31mb', scm_web_url: 'https://h/a', is_execute: false, disabled: true },
        { id: 'short', job_name: 'no job' },
        null,
      ],
    },
    status: 'success',
    error: null,
  };
  const { asked, send } = service(reply(200, full), reply(200, rest));

  const answer = await listJobs({ endpoint: ENDPOINT, projectId: PROJECT }, send);

  expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `GET ${ENDPOINT}/v1/job/${PROJECT}/list?page_index=0&page_size=40`,
    `GET ${ENDPOINT}/v1/job/${PROJECT}/list?page_index=1&page_size=40`,
  ]);
  expect(answer.kind === 'answer' && answer.value.length).toBe(41);
  expect(answer.kind === 'answer' && answer.value[40]).toEqual({
    id: JOB,
    name: 'a [31mb',
    sourceUrl: 'https://h/a',
    isExecutable: false,
    isDisabled: true,
  });
});

test.each([
  [
    { result: { job_name: 'ci', build_if_code_updated: true, scms: [{ url: 'git@h:a.git' }, {}] } },
    true,
    ['git@h:a.git'],
  ],
  [{ result: { job_name: 'ci', build_if_code_updated: 'true' } }, true, []],
  [{ job_name: 'ci', build_if_code_updated: false }, false, []],
])('the config of a job is read from %j', async (body, buildsByItself, sources) => {
  const { asked, send } = service(reply(200, body));

  const answer = await readJobConfig({ endpoint: ENDPOINT, jobId: JOB }, send);

  expect(asked[0]?.url).toBe(`${ENDPOINT}/v1/job/${JOB}/config`);
  expect(answer).toEqual({ kind: 'answer', value: { name: 'ci', buildsByItself, sources } });
});

test('projects are on a host of their own in Huawei Cloud, and on the user’s host elsewhere', async () => {
  const target = { endpoint: ENDPOINT, iamUrl: null, region: 'cn-north-4' };
  const { asked, send } = service(
    reply(200, { projects: [{ project_id: PROJECT, project_name: 'shop' }, {}], total: 1 }),
  );

  const answer = await listProjects(target, send);

  expect(asked[0]?.url).toBe(
    'https://projectman-ext.cn-north-4.myhuaweicloud.com/v4/projects?offset=0&limit=100',
  );
  expect(answer).toEqual({ kind: 'answer', value: [{ id: PROJECT, name: 'shop' }] });
  expect(projectsOrigin({ ...target, endpoint: 'https://build.example.com' })).toBe(
    'https://build.example.com',
  );
});

test('stopping names the build by a number, but for one that a double would change', async () => {
  const { asked, send } = service(reply(200, { status: 'success' }), reply(200, { status: 'success' }));

  await stopBuild({ endpoint: ENDPOINT, jobId: JOB, number: '20' }, send);
  await stopBuild({ endpoint: ENDPOINT, jobId: JOB, number: '9007199254740993' }, send);

  expect(asked.map(({ method, url, body }) => [method, url, body])).toEqual([
    ['POST', `${ENDPOINT}/v1/job/${JOB}/stop`, '{"build_no":20}'],
    ['POST', `${ENDPOINT}/v1/job/${JOB}/stop`, '{"build_no":"9007199254740993"}'],
  ]);
});

test.each([
  [reply(200, { result: 1, status: 'success' }), { kind: 'answer', value: 1 }],
  [
    reply(200, { error_code: 'CB.1', error_msg: 'no' }),
    { kind: 'forbidden', status: 200, reason: 'CB.1: no (HTTP 200)' },
  ],
  [
    reply(200, { status: 'fail', error: 'no' }),
    { kind: 'unreachable', reason: 'the answer of the service was not understood: no (HTTP 200)' },
  ],
  [
    reply(401, { error_code: 'APIGW.0301', error_msg: 'x' }),
    { kind: 'refused', reason: 'APIGW.0301: x (HTTP 401)' },
  ],
  [
    reply(422, { error_code: 'DEVCB.00031006' }),
    { kind: 'forbidden', status: 422, reason: 'DEVCB.00031006 (HTTP 422)' },
  ],
  [reply(403, { error_code: 'APIGW.0302' }), { kind: 'forbidden', reason: 'APIGW.0302 (HTTP 403)' }],
  [reply(429, ''), { kind: 'unreachable', reason: 'HTTP 429', afterMs: 60_000 }],
  [
    reply(429, { error_code: 'APIGW.0308', error_msg: 'limit:1,time:2 minute' }),
    {
      kind: 'unreachable',
      reason: 'APIGW.0308: limit:1,time:2 minute (HTTP 429)',
      afterMs: 120_000,
    },
  ],
  [reply(400, { error_code: 'CB.00060211' }), { kind: 'unreachable', afterMs: 60_000 }],
  [reply(408, { error_code: 'X.1' }), { kind: 'unreachable', reason: 'X.1 (HTTP 408)' }],
  [reply(425, { status: 'fail' }), { kind: 'unreachable', reason: 'HTTP 425' }],
  [reply(500, { error_code: 'CB.00030004' }), { kind: 'unreachable', reason: 'CB.00030004 (HTTP 500)' }],
  [
    reply(503, { error_code: 'APIGW.0201' }, { headers: { 'retry-after': '7' } }),
    { kind: 'unreachable', reason: 'APIGW.0201 (HTTP 503)', afterMs: 7000 },
  ],
  [reply(502, '<html>'), { kind: 'unreachable', reason: 'HTTP 502' }],
  [
    reply(200, '<html>'),
    { kind: 'unreachable', reason: 'the answer of the service was not understood: HTTP 200' },
  ],
  [
    reply(200, '{"result": [', { isComplete: false }),
    { kind: 'unreachable', reason: 'the answer of the service was not understood: HTTP 200' },
  ],
  [
    { kind: 'failed', hasLeft: false, code: 'ECONNREFUSED' } as const,
    { kind: 'unreachable', reason: 'the service could not be reached (ECONNREFUSED)' },
  ],
  [
    { kind: 'failed', hasLeft: false, code: 'REFUSED_BEFORE' } as const,
    { kind: 'refused', reason: 'the credentials were refused twice already' },
  ],
])('%j is %j', async (result, answer) => {
  expect(await askService(`${ENDPOINT}/x`, async () => result)).toMatchObject(answer);
});
