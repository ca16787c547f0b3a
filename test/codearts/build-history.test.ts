import { expect, test } from 'vitest';
import { readBuildHistory } from '../../src/codearts/build-history.ts';
import type { HttpRequest, HttpResult } from '../../src/platform/http.ts';

const JOB = 'f9d6c8466d614a9788e9a0acf6c15f46';
const NOW = Date.UTC(2026, 0, 2, 12, 30, 5);
const DAY = 86_400_000;

function reply(status: number, body: unknown, headers: Record<string, string> = {}): HttpResult {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { kind: 'reply', status, headers, text, isComplete: true };
}

function page(count: number, from = 1): HttpResult {
  const job_build_states = Array.from({ length: count }, (_, index) => ({
    number: from + index,
    daily_build_number: `20260102.${from + index}`,
    commit_id: 'c',
    code_branch: 'main',
    start_time: NOW,
  }));
  return reply(200, { result: { total: count, job_build_states }, status: 'success', error: null });
}

/** Reads it from answers in this order; gives what was asked, too. */
async function read(answers: readonly HttpResult[], sinceMs = NOW - 1000) {
  const asked: HttpRequest[] = [];
  const history = await readBuildHistory(
    { endpoint: 'https://h', jobId: JOB, sinceMs, nowMs: NOW },
    async (request) => {
      asked.push(request);
      const answer = answers[asked.length - 1];
      if (!answer) throw new Error('asked too often');
      return answer;
    },
  );
  return { history, asked };
}

test('the list is asked for with both times, a day more on each side', async () => {
  const { asked } = await read([page(0)]);

  expect(asked).toEqual([
    {
      method: 'GET',
      url:
        `https://h/v1/record/${JOB}/list?start_time=2026-01-01+12%3A30%3A04&end_time=2026-01-03+12%3A30%3A05` +
        '&page_index=0&page_size=20',
      headers: { 'user-agent': 'codearts-hooks/0.0.0-test' },
    },
  ]);
});

test('however long ago it was, no more than the 31 days are asked for that the service takes', async () => {
  const { asked } = await read([page(0)], 0);

  const from = new URL(asked[0]?.url ?? '').searchParams.get('start_time') ?? '';
  expect(NOW + DAY - Date.parse(`${from.replace(' ', 'T')}Z`)).toBeLessThanOrEqual(31 * DAY);
});

test('records are read, and pages as long as they are full', async () => {
  const { history, asked } = await read([page(20), page(3, 21)]);

  expect(asked.map(({ url }) => new URL(url).searchParams.get('page_index'))).toEqual(['0', '1']);
  expect(history).toMatchObject({ kind: 'builds', serverTime: null });
  expect(history.kind === 'builds' && history.builds.length).toBe(23);
  expect(history.kind === 'builds' && history.builds[22]).toEqual({
    number: '23',
    dailyNumber: '20260102.23',
    commitId: 'c',
    branch: 'main',
    startedAt: NOW,
  });
});

test('the service’s clock is told by its reply', async () => {
  const answer = page(0);
  const { history } = await read([
    { ...answer, headers: { date: 'Fri, 02 Jan 2026 12:30:00 GMT' } } as HttpResult,
  ]);

  expect(history).toMatchObject({ serverTime: Date.UTC(2026, 0, 2, 12, 30) });
});

test('when our clock turns out to be days off, it is asked again by the service’s', async () => {
  const later = { ...page(0), headers: { date: 'Sun, 04 Jan 2026 12:30:05 GMT' } } as HttpResult;

  const { asked } = await read([later, page(1)]);

  const times = asked.map(({ url }) => new URL(url).searchParams.get('end_time'));
  expect(times).toEqual(['2026-01-03 12:30:05', '2026-01-05 12:30:05']);
});

test('what a record does not say is null, and what is no record is left out', async () => {
  const job_build_states = [{ number: '4', code_branch: 'refs/heads/a/b' }, { state: 'SUCCESS' }, null, 'x'];
  const { history } = await read([reply(200, { result: { job_build_states } })]);

  expect(history).toMatchObject({
    builds: [{ number: '4', dailyNumber: '', commitId: null, branch: 'a/b', startedAt: null }],
  });
});

test.each<[string, HttpResult, string]>([
  ['a refused token', reply(401, { error_code: 'APIGW.0301', error_msg: 'Incorrect token' }), 'refused'],
  ['a token that expired, in a 200', reply(200, { error_code: 'APIGW.0307' }), 'refused'],
  ['no right', reply(403, { error_code: 'APIGW.0302', error_msg: 'no' }), 'forbidden'],
  ['no such API', reply(404, { error_code: 'APIGW.0101' }), 'forbidden'],
  ['a parameter it does not take', reply(400, { error_code: 'CB.00060200' }), 'forbidden'],
  ['throttling', reply(429, {}, { 'retry-after': '7' }), 'unreachable'],
  ['a fault', reply(500, {}), 'unreachable'],
  ['a portal’s page', reply(200, '<html>'), 'unreachable'],
  ['another form', reply(200, { result: [] }), 'unreachable'],
  ['a failure in a 200', reply(200, { status: 'fail', error: 'x' }), 'unreachable'],
  ['half of it', { ...page(1), isComplete: false } as HttpResult, 'unreachable'],
  ['no connection', { kind: 'failed', hasLeft: false, code: 'ECONNREFUSED' }, 'unreachable'],
  ['a key of no use', { kind: 'failed', hasLeft: false, code: 'REFUSED_BEFORE' }, 'refused'],
])('an answer with %s is told from the others', async (_, answer, kind) => {
  expect((await read([answer])).history.kind).toBe(kind);
});

test('the service’s wish to wait is kept', async () => {
  const { history } = await read([reply(503, {}, { 'retry-after': '7' })]);

  expect(history).toEqual({
    kind: 'unreachable',
    reason: 'the build history answers (HTTP 503)',
    afterMs: 7000,
  });
});
