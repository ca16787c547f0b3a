import { expect, test } from 'vitest';
import { type RecordedBuild, USUAL_PLAN, lifeOf } from '../../src/sandbox/build-life.ts';
import { parsePlans } from '../../src/sandbox/parse-plans.ts';
import { startSandbox, trigger } from './running-sandbox.ts';

const RECORD: RecordedBuild = {
  build: { jobName: 'j', number: '1', dailyNumber: '20260101.1' },
  commitId: null,
  branch: null,
  message: null,
  startedAt: 1000,
  plan: { queueMs: 100, runMs: 200, result: 'FAILURE', message: 'red', log: ['a', 'b'] },
  stoppedAt: null,
};

test.each([
  [1000, 'InQueue', [], null],
  [1100, 'Running', [], null],
  [1200, 'Running', ['a'], null],
  [1300, 'FAILURE', ['a', 'b'], 1300],
  [9000, 'FAILURE', ['a', 'b'], 1300],
])('at %i a build is %s', (now, state, log, finishedAt) => {
  expect(lifeOf(RECORD, now)).toMatchObject({ state, log, finishedAt });
});

test('a build that is stopped ends there, one that has ended cannot be stopped', () => {
  expect(lifeOf({ ...RECORD, stoppedAt: 1250 }, 9000)).toMatchObject({
    state: 'ABORTED',
    finishedAt: 1250,
    log: ['a'],
  });
  expect(lifeOf({ ...RECORD, stoppedAt: 1050 }, 9000)).toMatchObject({ state: 'ABORTED', runsSince: null });
  expect(lifeOf({ ...RECORD, stoppedAt: 1400 }, 9000).state).toBe('FAILURE');
});

test('a plan takes what it does not name from the usual one, and no runner is found for no time', () => {
  expect(parsePlans([{}, { result: 'SCHEDULE_FAILURE' }])).toEqual([
    USUAL_PLAN,
    { ...USUAL_PLAN, result: 'SCHEDULE_FAILURE', runMs: 0 },
  ]);
});

test.each([
  [{}, 'plans must be an array'],
  [[1], 'plan 0 must be an object'],
  [[{}, { speed: 1 }], 'plan 1 has no field "speed"'],
  [[{ queueMs: -1 }], 'plan 0: queueMs must be a whole number of milliseconds'],
  [[{ runMs: 'x' }], 'plan 0: runMs must be a whole number of milliseconds'],
  [[{ result: 'DONE' }], 'plan 0: result must be one of SUCCESS, FAILURE, ABORTED, SCHEDULE_FAILURE'],
  [[{ message: 1 }], 'plan 0: message must be a string'],
  [[{ log: [1] }], 'plan 0: log must be an array of strings'],
])('%j is no script of plans', (value, message) => {
  expect(() => parsePlans(value)).toThrow(new TypeError(message));
});

test('plans can be set from outside, and a reset forgets them', async () => {
  const sandbox = await startSandbox();
  const put = (body: string) => fetch(`${sandbox.url}/_sandbox/builds`, { method: 'PUT', body });
  const state = async (number: number) => {
    const url = `${sandbox.url}/v1/job/f9d6c8466d614a9788e9a0acf6c15f46/status?build_no=${number}`;
    const answer = await fetch(url, { headers: { 'X-Auth-Token': sandbox.token } });
    const body: unknown = await answer.json();
    return body;
  };

  const statuses = [
    (await put('[{"queueMs":0,"result":"SCHEDULE_FAILURE"}]')).status,
    (await put('{}')).status,
  ];
  await trigger(sandbox);

  expect(statuses).toEqual([204, 400]);
  expect(await state(1)).toMatchObject({ result: { status: 'SCHEDULE_FAILURE' } });
  sandbox.setPlans([{ queueMs: 0, result: 'SCHEDULE_FAILURE' }]);
  sandbox.reset();
  await trigger(sandbox);
  expect(await state(1)).toMatchObject({ result: { status: 'InQueue' } });
});
