import { expect, test } from 'vitest';
import { type ErrorCode, UserError } from '../../src/core/errors.ts';

test.each<[ErrorCode, number]>([
  ['not-a-repository', 1],
  ['config-invalid', 1],
  ['usage', 2],
  ['untrusted', 4],
  ['interrupted', 130],
])('the error %s ends the program with %i', (code, exitCode) => {
  expect(new UserError(code, 'what failed', { hint: 'what to do' }).exitCode).toBe(exitCode);
});

test('an error keeps what it was caused by, and says what to do', () => {
  const cause = new Error('below');

  const error = new UserError('usage', 'what failed', { hint: 'what to do', cause });

  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'UserError', message: 'what failed', hint: 'what to do', cause });
});
