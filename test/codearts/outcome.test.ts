import { expect, test } from 'vitest';
import { type Outcome, judge } from '../../src/codearts/outcome.ts';

const BUILD = { octopus_job_name: 'j', actual_build_number: '20', daily_build_number: '20200612.20' };

function reply(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  isComplete = true,
): Outcome {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return judge({ kind: 'reply', status, headers, text, isComplete });
}

function error(status: number, code: string, message = 'why'): Outcome {
  return reply(status, { error_code: code, error_msg: message });
}

/** An outcome in one word, with what it is held for. */
function word(outcome: Outcome): string {
  return outcome.kind === 'held' ? `held: ${outcome.hold}` : outcome.kind;
}

// The table of codearts-api.md section 5, and "Outcome classes" of design.md section 8.
test.each([
  [400, 'CB.00060200', 'rejected'],
  [400, 'CB.00060201', 'rejected'],
  [400, 'CB.00060202', 'rejected'],
  [400, 'CB.00060203', 'rejected'],
  [400, 'CB.00060211', 'retry'],
  [500, 'CB.00060211', 'retry'],
  [404, 'CB.00060214', 'rejected'],
  [404, 'APIGW.0101', 'rejected'],
  [422, 'DEVCB.00031006', 'rejected'],
  [500, 'CB.00030004', 'ambiguous'],
  [500, 'CB.00060100', 'ambiguous'],
  [500, 'CB.00060101', 'ambiguous'],
  [401, 'APIGW.0301', 'held: login'],
  [401, 'APIGW.0307', 'held: login'],
  [401, 'whatever', 'held: login'],
  [403, 'APIGW.0302', 'held: permission'],
  [403, 'APIGW.0306', 'held: permission'],
  [403, 'APIGW.0310', 'held: permission'],
  [403, 'APIGW.0802', 'held: permission'],
  [403, 'whatever', 'held: permission'],
  [413, 'APIGW.0201', 'too-large'],
  [414, 'APIGW.0201', 'too-large'],
  [494, 'APIGW.0201', 'too-large'],
  [429, 'APIGW.0308', 'retry'],
  [503, 'APIGW.0613', 'retry'],
  [502, 'APIGW.0201', 'ambiguous'],
  [504, 'APIGW.0201', 'ambiguous'],
  [200, 'DEVCB.00031006', 'rejected'],
  [200, 'APIGW.0301', 'held: login'],
  [200, 'APIGW.0302', 'held: permission'],
  [200, 'CB.00060211', 'retry'],
  [200, 'CB.00060100', 'ambiguous'],
  [400, 'constructor', 'rejected'],
  [200, 'toString', 'rejected'],
])('%i with %s is %s', (status, code, expected) => {
  expect(word(error(status, code))).toBe(expected);
});

test.each([
  [408, 'retry'],
  [425, 'retry'],
  [429, 'retry'],
  [503, 'retry'],
  [500, 'ambiguous'],
  [501, 'ambiguous'],
  [502, 'ambiguous'],
  [504, 'ambiguous'],
  [520, 'ambiguous'],
  [599, 'ambiguous'],
  [301, 'held: config'],
  [302, 'held: config'],
  [303, 'held: config'],
  [307, 'held: config'],
  [308, 'held: config'],
  [304, 'held: config'],
  [400, 'rejected'],
  [404, 'rejected'],
  [405, 'rejected'],
  [410, 'rejected'],
  [422, 'rejected'],
  [401, 'held: login'],
  [403, 'held: permission'],
  [413, 'too-large'],
  [414, 'too-large'],
  [494, 'too-large'],
])('%i without a word of the service is %s', (status, expected) => {
  for (const body of ['', '<html>', '{}', 'null']) expect(word(reply(status, body))).toBe(expected);
  expect(word(reply(status, BUILD, {}, false))).toBe(expected);
});

test.each([
  ['flat', BUILD],
  ['wrapped', { result: BUILD, status: 'success' }],
])('a build in a reply, %s, is accepted', (_, body) => {
  for (const status of [200, 201, 202]) {
    expect(reply(status, body)).toEqual({
      kind: 'accepted',
      build: { jobName: 'j', number: '20', dailyNumber: '20200612.20' },
    });
  }
});

test.each([
  ['the login page of a proxy', '<!doctype html>'],
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number that a double has rounded', { actual_build_number: 2 ** 60 }],
  ['success without a number', { status: 'success' }],
  ['an error without code and status', { error: { message: 'x' } }],
])('200 with %s is no success, and no failure either', (_, body) => {
  expect(reply(200, body)).toEqual({
    kind: 'ambiguous',
    reason: 'HTTP 200, but no build number in the reply',
  });
});

test('200 whose body broke off may have started a build', () => {
  expect(word(reply(200, BUILD, {}, false))).toBe('ambiguous');
  expect(word(reply(204, ''))).toBe('ambiguous');
});

test('a failure without a code has failed', () => {
  expect(reply(200, { status: 'fail', error: 'The build was not started' })).toEqual({
    kind: 'rejected',
    reason: 'The build was not started (HTTP 200)',
  });
});

test('a request that never left is sent again', () => {
  expect(judge({ kind: 'failed', hasLeft: false, code: 'ECONNREFUSED' })).toEqual({
    kind: 'retry',
    reason: 'the service could not be reached (ECONNREFUSED)',
    afterMs: 0,
  });
});

test('a key that others have had refused is not sent, and waits for the user', () => {
  expect(judge({ kind: 'failed', hasLeft: false, code: 'REFUSED_BEFORE' })).toEqual({
    kind: 'held',
    hold: 'login',
    reason: 'twice already, so it is not sent again',
  });
});

test('a reply that was lost leaves it open', () => {
  expect(judge({ kind: 'failed', hasLeft: true, code: 'TIMEOUT' })).toEqual({
    kind: 'ambiguous',
    reason: 'the reply was lost (TIMEOUT)',
  });
});

test.each([
  ['too frequent, without a word', 400, 'CB.00060211', {}, 60_000],
  ['too frequent, a short wish', 500, 'CB.00060211', { 'retry-after': '5' }, 60_000],
  ['too frequent, a long wish', 500, 'CB.00060211', { 'retry-after': '90' }, 90_000],
  ['throttled, without a word', 429, 'APIGW.0308', {}, 60_000],
  ['throttled, a wish', 429, 'APIGW.0308', { 'retry-after': '5' }, 5000],
  ['unavailable, without a word', 503, 'APIGW.0613', {}, 0],
  ['unavailable, a wish', 503, 'APIGW.0613', { 'retry-after': '5' }, 5000],
])('the service’s own wish is kept: %s', (...[, status, code, headers, afterMs]) => {
  expect(reply(status, { error_code: code }, headers)).toMatchObject({ kind: 'retry', afterMs });
});

test('the reason has the code, the message and the status, and an end', () => {
  expect(error(422, 'DEVCB.00031006', 'The task does not exist')).toMatchObject({
    reason: 'DEVCB.00031006: The task does not exist (HTTP 422)',
  });
  expect(reply(410, '')).toMatchObject({ reason: 'HTTP 410' });
  const long = error(400, 'X', 'y'.repeat(5000));
  expect('reason' in long && long.reason.length).toBe(300 + ' (HTTP 400)'.length);
});
