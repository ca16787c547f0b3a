import { expect, test } from 'vitest';
import { findExecuteProblem } from '../../src/sandbox/execute-body.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { JOB, startSandbox } from './running-sandbox.ts';

const ID = '2fdc0170f0d540ae952c03ee6cabae3a8943d16a';

async function execute({ url, token }: Sandbox, body: unknown): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${url}/v1/job/execute`, {
    method: 'POST',
    headers: { 'X-Auth-Token': token, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

test.each([
  ['nothing but the job', {}],
  ['parameters', { parameter: [{ name: 'a', value: '' }] }],
  ['no parameters', { parameter: [] }],
  ['a branch', { scm: { build_type: 'branch', branch: 'main' } }],
  ['a tag', { scm: { build_type: 'tag', build_tag: 'v1' } }],
  ['a commit', { scm: { build_type: 'commitId', build_commit_id: ID } }],
  ['a commit of a branch', { scm: { build_type: 'commitId', branch: 'main', build_commit_id: ID } }],
])('a body with %s is good', (_, body) => {
  expect(findExecuteProblem({ job_id: JOB, ...body })).toBeNull();
});

test.each([
  [[], 'the body must be a JSON object'],
  [{ parameter: {} }, 'parameter must be an array'],
  [{ parameter: [{ name: 'a' }] }, 'parameter[0] must have a name and a value, both strings'],
  [{ parameter: [{ name: 'a', value: 1 }] }, 'parameter[0] must have a name and a value, both strings'],
  [{ scm: 'main' }, 'scm must be an object'],
  [{ scm: {} }, 'scm.build_type must be branch, tag or commitId'],
  [{ scm: { build_type: 'toString' } }, 'scm.build_type must be branch, tag or commitId'],
  [{ scm: { build_type: 'branch' } }, 'scm.branch must be a string'],
  [{ scm: { build_type: 'tag', build_tag: '' } }, 'scm.build_tag must be a string'],
  [
    { scm: { build_type: 'commitId', build_commit_id: `${ID}${'0'.repeat(24)}` } },
    'scm.build_commit_id must be 40 hexadecimal digits',
  ],
])('the body %j is refused: %s', (body, problem) => {
  expect(findExecuteProblem(body)).toBe(problem);
});

test('a build is started, and the reply is wrapped as the live one was', async () => {
  const sandbox = await startSandbox();

  const answer = await execute(sandbox, { job_id: JOB, scm: { build_type: 'branch', branch: 'main' } });

  expect(answer).toEqual({
    status: 200,
    body: {
      status: 'success',
      result: {
        octopus_job_name: JOB,
        actual_build_number: '1',
        daily_build_number: expect.stringMatching(/^\d{8}\.1$/),
      },
    },
  });
  expect(sandbox.requests()).toMatchObject([{ path: '/v1/job/execute', build: { number: '1' } }]);
});

test.each([
  ['no job', {}, 400, 'CB.00060201'],
  ['another kind of job', { job_id: 7 }, 400, 'CB.00060201'],
  ['an unknown job', { job_id: '0'.repeat(32) }, 422, 'DEVCB.00031006'],
  ['a wrong body', { job_id: JOB, scm: {} }, 400, 'CB.00060200'],
])('a call with %s is refused', async (_, body, status, code) => {
  const sandbox = await startSandbox({ jobs: [JOB] });

  expect(await execute(sandbox, body)).toMatchObject({ status, body: { error_code: code } });
});
