import { expect, test } from 'vitest';
import { parseFaults } from '../../src/sandbox/parse-faults.ts';

const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;

test('every kind of fault is taken, with and without its optional fields', () => {
  const bare =
    'none refuse reset-before-reply lost-reply hang throttled bad-gateway unavailable gateway-timeout html ' +
    'error-code-in-200 status-fail wrapped cut-body token-expired';
  const faults: unknown[] = bare.split(' ').map((kind) => ({ kind }));
  faults.push(
    { kind: 'hang', ms: 0, built: true },
    { kind: 'slow', ms: 2_147_483_647 },
    { kind: 'status', status: 494 },
    { kind: 'status', status: 200, body: null, headers: { 'Retry-After': '1' }, built: false },
    { kind: 'throttled', retryAfterSeconds: 2 },
    { kind: 'too-frequent', status: 500 },
    { kind: 'error-code-in-200', code: 'CB.00060101' },
    { kind: 'redirect', status: 308, location: 'http://127.0.0.1:1/' },
  );

  expect(parseFaults(faults)).toEqual(faults);
});

test('a script is copied, so that a later change of the array changes nothing', () => {
  const body = { error_code: 'one' };
  const faults = parseFaults([{ kind: 'status', status: 500, body }]);

  body.error_code = 'two';

  expect(faults).toEqual([{ kind: 'status', status: 500, body: { error_code: 'one' } }]);
});

test.each([
  ['text', 'faults must be an array, got "text"'],
  [undefined, 'faults must be an array, got undefined'],
  [['hang'], 'fault 0 must be an object, got "hang"'],
  [[{ kind: 'none' }, null], 'fault 1 must be an object, got null'],
  [[{ kind: 'hang', until: 5 }], 'fault 0 (hang) has no field "until"'],
  [
    [{ kind: 'hang', ms: 0.5 }],
    'fault 0 (hang): ms must be a whole number of milliseconds up to 2147483647, got 0.5',
  ],
  [[{ kind: 'hang', built: 'yes' }], 'fault 0 (hang): built must be a boolean, got "yes"'],
  [
    [{ kind: 'slow' }],
    'fault 0 (slow): ms must be a whole number of milliseconds up to 2147483647, got undefined',
  ],
  [
    [{ kind: 'slow', ms: 2_147_483_648 }],
    'fault 0 (slow): ms must be a whole number of milliseconds up to 2147483647, got 2147483648',
  ],
  [
    [{ kind: 'none' }, { kind: 'none' }, { kind: 'status', status: 199 }],
    'fault 2 (status): status must be a whole number from 200 to 599, got 199',
  ],
  [
    [{ kind: 'status', status: 600 }],
    'fault 0 (status): status must be a whole number from 200 to 599, got 600',
  ],
  [[{ kind: 'status', status: 200, body: cycle }], 'fault 0 (status): body must be text or JSON, got object'],
  [
    [{ kind: 'status', status: 200, headers: ['a'] }],
    'fault 0 (status): headers must be an object of valid header names and values, got ["a"]',
  ],
  [
    [{ kind: 'status', status: 200, headers: { 'a b': '' } }],
    'fault 0 (status): headers must be an object of valid header names and values, got {"a b":""}',
  ],
  [
    [{ kind: 'status', status: 200, headers: { a: '\n' } }],
    'fault 0 (status): headers must be an object of valid header names and values, got {"a":"\\n"}',
  ],
  [
    [{ kind: 'throttled', retryAfterSeconds: -1 }],
    'fault 0 (throttled): retryAfterSeconds must be a whole number of seconds, got -1',
  ],
  [
    [{ kind: 'too-frequent', status: 429 }],
    'fault 0 (too-frequent): status must be one of 400, 500, got 429',
  ],
  [[{ kind: 'error-code-in-200', code: 7 }], 'fault 0 (error-code-in-200): code must be a string, got 7'],
  [
    [{ kind: 'redirect', status: 304, location: '/' }],
    'fault 0 (redirect): status must be one of 301, 302, 303, 307, 308, got 304',
  ],
  [
    [{ kind: 'redirect', status: 302, location: 'a\r\nb' }],
    'fault 0 (redirect): location must be a valid header value, got "a\\r\\nb"',
  ],
])('the invalid script %# is refused with a message that says where', (script, message) => {
  expect(() => parseFaults(script)).toThrow(new TypeError(message));
});

test.each(['hangs', 'toString', undefined])(
  'the unknown kind %s is refused with the list of those that exist',
  (kind) => {
    expect(() => parseFaults([{ kind }])).toThrow(
      /^fault 0: kind must be one of none, refuse, .*, token-expired, got /,
    );
  },
);

test('an error of the caller inside toJSON is passed on', () => {
  const body = {
    toJSON() {
      throw new RangeError('mine');
    },
  };

  expect(() => parseFaults([{ kind: 'status', status: 200, body }])).toThrow(new RangeError('mine'));
});
