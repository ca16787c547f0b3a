import { expect, test } from 'vitest';
import { parseReply } from '../../src/codearts/reply.ts';

const NUMBERS = { octopus_job_name: 'j', actual_build_number: '20', daily_build_number: '20200612.20' };
const BUILD = { jobName: 'j', number: '20', dailyNumber: '20200612.20' };
const NOTHING = { isJson: true, errorCode: null, errorMessage: null, isFailure: false, build: null };

test.each([
  ['flat', NUMBERS, BUILD],
  ['wrapped', { result: NUMBERS, status: 'success', error: null }, BUILD],
  ['with numbers for text', { ...NUMBERS, actual_build_number: 20 }, BUILD],
  ['without names', { actual_build_number: '20' }, { jobName: '', number: '20', dailyNumber: '' }],
  [
    'with a number that no double holds',
    { ...NUMBERS, actual_build_number: '1152921504606846977' },
    { ...BUILD, number: '1152921504606846977' },
  ],
])('a build is read from a reply that is %s', (_, body, build) => {
  expect(parseReply(JSON.stringify(body))).toEqual({ ...NOTHING, build });
});

test.each([
  ['no number', { octopus_job_name: 'j' }],
  ['an empty number', { actual_build_number: '' }],
  ['null for a number', { actual_build_number: null }],
  ['a number that a double has rounded', { actual_build_number: 2 ** 60 }],
  ['a list for a result', { result: [NUMBERS] }],
  ['a build too far down', { result: { result: NUMBERS } }],
])('%s is no build', (_, body) => {
  expect(parseReply(JSON.stringify(body))).toEqual(NOTHING);
});

test.each([
  ['the service’s form', { error_code: 'CB.1', error_msg: 'm', request_id: 'r' }, 'CB.1', 'm'],
  ['IAM’s form', { error: { code: 401, message: 'm', title: 't' } }, '401', 'm'],
  ['IAM’s form with a text', { error: { code: 'IAM.1', message: 'm' } }, 'IAM.1', 'm'],
  ['a failure without a code', { status: 'fail', error: 'm' }, null, 'm'],
  ['a failure by another word', { status: 'ERROR' }, null, null],
  ['a failure beside numbers', { ...NUMBERS, error_code: 'CB.1' }, 'CB.1', null],
  ['a failed status beside numbers', { result: NUMBERS, status: 'failed' }, null, null],
])('%s is a failure, whatever else it says', (_, body, errorCode, errorMessage) => {
  expect(parseReply(JSON.stringify(body))).toEqual({
    isJson: true,
    errorCode,
    errorMessage,
    isFailure: true,
    build: null,
  });
});

test.each([
  ['an empty code', { error_code: '' }],
  ['no error', { error: null }],
  ['an empty error', { error: {} }],
])('%s is no failure', (_, body) => {
  expect(parseReply(JSON.stringify(body)).isFailure).toBe(false);
});

test.each([
  ['nothing', ''],
  ['a login page', '<!doctype html><title>Sign in</title>'],
  ['plain text', 'OK'],
  ['half a reply', '{"actual_build_number":"2'],
])('%s is no JSON', (_, text) => {
  expect(parseReply(text)).toEqual({ ...NOTHING, isJson: false });
});

test.each(['null', '[]', '"text"', '7'])('%s is JSON that says nothing', (text) => {
  expect(parseReply(text)).toEqual(NOTHING);
});
