import { expect, test } from 'vitest';
import { admit, type Call } from '../../src/sandbox/admit.ts';

const JOB = 'f9d6c8466d614a9788e9a0acf6c15f46';
const TENANT = { jobs: new Set([JOB]) };
const WRONG = { status: 401, code: 'APIGW.0301', message: 'Incorrect IAM authentication information.' };

/** Breaks every check at once; each case mends some of them. */
const WORST: Call = {
  requestId: '',
  method: 'GET',
  path: '/',
  authenticate: () => WRONG,
  body: { kind: 'read', value: '', text: '' },
};

function pathOf(job: string): string {
  return `/v1/job/${job}/auto-execute`;
}

const GOOD: Call = {
  ...WORST,
  method: 'POST',
  path: pathOf(JOB),
  authenticate: () => null,
  body: { kind: 'read', value: {}, text: '{}' },
};

test.each([
  ['a good call', GOOD],
  ['a good call with a query', { ...GOOD, path: `${pathOf(JOB)}?trace=1` }],
])('%s is admitted', (_, call) => {
  expect(admit(call, TENANT)).toEqual({ kind: 'admitted', jobId: JOB, call: 'auto-execute' });
});

test.each([
  ['another path', WORST, 404, 'APIGW.0101'],
  ['another method', { ...GOOD, method: 'PUT' }, 404, 'APIGW.0101'],
  ['a longer path', { ...GOOD, path: `${pathOf(JOB)}/` }, 404, 'APIGW.0101'],
  ['a path without a job', { ...GOOD, path: pathOf('') }, 404, 'APIGW.0101'],
  [
    'no token, before the job is looked at',
    { ...WORST, method: 'POST', path: pathOf('x') },
    401,
    'APIGW.0301',
  ],
  ['whom the gateway does not let in', { ...GOOD, authenticate: () => WRONG }, 401, 'APIGW.0301'],
  [
    'a short job id, before the body is looked at',
    { ...GOOD, path: pathOf('x'), body: WORST.body },
    400,
    'CB.00060201',
  ],
  ['a job id with a dash', { ...GOOD, path: pathOf(`-${JOB.slice(1)}`) }, 400, 'CB.00060201'],
  ['an unknown job', { ...GOOD, path: pathOf('0'.repeat(32)), body: WORST.body }, 422, 'DEVCB.00031006'],
  ['a body over the limit', { ...GOOD, body: { kind: 'too-large' as const } }, 413, 'APIGW.0201'],
  ['a body that is not an object', { ...GOOD, body: WORST.body }, 400, 'CB.00060200'],
  ['a body that nobody read', { ...GOOD, body: { kind: 'unread' as const } }, 400, 'CB.00060200'],
])('%s is refused', (_, call, status, code) => {
  expect(admit(call, TENANT)).toMatchObject({ kind: 'refused', error: { status, code } });
});

test('a refused body is told which field is wrong', () => {
  const call: Call = { ...GOOD, body: { kind: 'read', value: { after: 'x' }, text: '' } };

  expect(admit(call, TENANT)).toMatchObject({
    error: { message: 'Invalid parameter: after must be 40 letters or digits' },
  });
});

test('without a list of jobs every id of 32 letters or digits is one', () => {
  const call = { ...GOOD, path: pathOf('Z9'.repeat(16)) };

  expect(admit(call, { ...TENANT, jobs: null })).toMatchObject({ kind: 'admitted', jobId: 'Z9'.repeat(16) });
});
