import { expect, test } from 'vitest';
import { isOver, readBuildInfo, readBuildLog } from '../../src/codearts/build-info.ts';
import { consoleUrl } from '../../src/codearts/console-url.ts';
import type { HttpRequest, HttpResult } from '../../src/platform/http.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { JOB, startSandbox, trigger } from '../sandbox/running-sandbox.ts';
import { until } from '../fixtures/run.ts';

const BUILD = { endpoint: 'https://h', jobId: JOB, number: '7' };

function reply(status: number, body: unknown): HttpResult {
  return { kind: 'reply', status, headers: {}, text: JSON.stringify(body), isComplete: true };
}

/** Reads a build from answers in this order; gives the paths that were asked for, too. */
async function read(...answers: readonly HttpResult[]) {
  const paths: string[] = [];
  const reading = await readBuildInfo(BUILD, async ({ url }: HttpRequest) => {
    paths.push(url.replace('https://h', ''));
    return answers[paths.length - 1] ?? reply(500, {});
  });
  return { reading, paths };
}

/** Sends as the product does, with the sandbox's token. */
function sendTo({ token }: Sandbox) {
  return async ({ url, headers }: HttpRequest): Promise<HttpResult> => {
    const answer = await fetch(url, { headers: { ...headers, 'x-auth-token': token } });
    return { kind: 'reply', status: answer.status, headers: {}, text: await answer.text(), isComplete: true };
  };
}

test.each([
  ['InQueue', 'InQueue'],
  ['Running', 'Running'],
  ['SUCCESS', 'SUCCESS'],
  ['success', 'SUCCESS'],
  ['FAILURE', 'FAILURE'],
  ['ABORTED', 'ABORTED'],
  ['SCHEDULE_FAILURE', 'SCHEDULE_FAILURE'],
  ['a word of next year', 'Running'],
])('the word %s is the state %s', async (status, state) => {
  const { reading } = await read(reply(200, { result: { status }, status: 'success' }));

  expect(reading).toMatchObject({ kind: 'build', build: { state } });
});

test('a build that has ended in a word that is not known is no success', async () => {
  const result = {
    status: 'DISSOLVED',
    start_time: '2026-01-01 00:00:00',
    finish_time: '2026-01-01 00:01:05',
  };

  const { reading } = await read(reply(200, { result }));

  expect(reading).toMatchObject({ kind: 'build', build: { state: 'FAILURE', durationMs: 65_000 } });
});

test('where the record is not published, the status is asked for', async () => {
  const missing = reply(404, { error_code: 'APIGW.0101', error_msg: 'no such API' });

  const { reading, paths } = await read(missing, reply(200, { result: { status: 'Running' } }));

  expect(paths).toEqual([`/v1/record/${JOB}/7/record-info`, `/v1/job/${JOB}/status?build_no=7`]);
  expect(reading).toMatchObject({ kind: 'build', build: { state: 'Running', durationMs: null } });
});

test.each([
  [
    reply(401, { error_code: 'APIGW.0301', error_msg: 'no' }),
    'refused',
    'the build answers APIGW.0301: no (HTTP 401)',
  ],
  [reply(403, {}), 'forbidden', 'the build answers (HTTP 403)'],
  [reply(503, {}), 'unreachable', 'the build answers (HTTP 503)'],
  [reply(200, { status: 'fail', error: 'gone' }), 'unreachable', 'the build answers gone (HTTP 200)'],
  [reply(200, []), 'unreachable', 'the build answers (HTTP 200)'],
  [
    { kind: 'failed', hasLeft: false, code: 'ECONNREFUSED' } as const,
    'unreachable',
    'the build could not be read (ECONNREFUSED)',
  ],
])('an answer that is no build says why: %j', async (answer, kind, reason) => {
  const { reading } = await read(answer);

  expect(reading).toMatchObject({ kind, reason });
});

test('text of the service holds no control characters', async () => {
  const { reading } = await read(reply(200, { result: { status: 'FAILURE', err_msg: 'a\u001b[2Jb\nc' } }));

  expect(reading).toMatchObject({ build: { message: 'a [2Jb c' } });
});

test('a build of the sandbox goes through its states, with a log that is read in parts', async () => {
  const sandbox = await startSandbox();
  sandbox.setPlans([
    { queueMs: 1500, runMs: 1500, result: 'FAILURE', message: 'exit code 2', log: ['one', 'two', 'three'] },
  ]);
  await trigger(sandbox);
  const build = { endpoint: sandbox.url, jobId: JOB, number: '1' };
  const states: string[] = [];
  let [text, offset] = ['', 0];

  const last = await until('its end', async () => {
    const reading = await readBuildInfo(build, sendTo(sandbox));
    if (reading.kind !== 'build') throw new Error(reading.reason);
    if (states.at(-1) !== reading.build.state) states.push(reading.build.state);
    const part = await readBuildLog(build, offset, sendTo(sandbox));
    if (part.kind !== 'log') throw new Error(part.reason);
    text += part.log.text;
    offset = part.log.offset;
    return isOver(reading.build.state) && !part.log.hasMore && reading.build;
  });

  expect(states).toEqual(['InQueue', 'Running', 'FAILURE']);
  expect(last).toMatchObject({ message: 'exit code 2', projectId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  expect(text).toBe('one\ntwo\nthree\n');
});

test('a build that is not there is no build', async () => {
  const sandbox = await startSandbox();

  const reading = await readBuildInfo({ endpoint: sandbox.url, jobId: JOB, number: '1' }, sendTo(sandbox));

  expect(reading).toMatchObject({ kind: 'forbidden', status: 422 });
});

test.each([
  [
    'cloudbuild-ext.cn-north-4.myhuaweicloud.com',
    'https://devcloud.cn-north-4.huaweicloud.com/cicd/project/',
  ],
  ['build-backend.eu-west-101.myhuaweicloud.eu', 'https://devcloud.eu-west-101.huaweicloud.eu/cicd/project/'],
])('the console has a page for a build of %s', (host, start) => {
  const url = consoleUrl({ endpoint: `https://${host}`, jobId: JOB, number: '7' }, 'p'.repeat(32));

  expect(url).toBe(`${start}${'p'.repeat(32)}/cloudbuild/detail/history/${JOB}/7`);
});

test('a service elsewhere has no page in the console, nor has a project that is not known', () => {
  const build = { jobId: JOB, number: '7' };

  expect(consoleUrl({ endpoint: 'http://127.0.0.1:1', ...build }, 'p'.repeat(32))).toBeNull();
  expect(
    consoleUrl({ endpoint: 'https://cloudbuild-ext.cn-north-4.myhuaweicloud.com', ...build }, null),
  ).toBeNull();
});
