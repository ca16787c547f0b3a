import { expect, test } from 'vitest';
import { findCredentials } from '../../src/codearts/credentials.ts';

test.each([
  ['a token', 'MIIabc+/=-_.~', 'MIIabc+/=-_.~'],
  ['a line end after it', 'MIIabc\n', 'MIIabc'],
  ['spaces around it', '  MIIabc\t', 'MIIabc'],
  ['nine thousand characters', 'x'.repeat(9000), 'x'.repeat(9000)],
])('CODEARTS_HOOKS_TOKEN with %s is taken', (_, value, token) => {
  expect(findCredentials({ CODEARTS_HOOKS_TOKEN: value })).toEqual({
    kind: 'token',
    source: 'CODEARTS_HOOKS_TOKEN',
    token,
  });
});

test.each([
  ['unset', {}],
  ['empty', { CODEARTS_HOOKS_TOKEN: '' }],
  ['blank', { CODEARTS_HOOKS_TOKEN: ' \n' }],
])('without a token there are no credentials: %s', (_, env) => {
  expect(findCredentials(env)).toEqual({
    kind: 'none',
    reason: 'no credentials: CODEARTS_HOOKS_TOKEN is not set',
  });
});

test.each([
  ['a line end within', 'S3CRET\nX-Evil: 1'],
  ['a carriage return', 'S3CRET\rx'],
  ['a space', 'S3CRET x'],
  ['quotes', '"S3CRET"'],
  ['single quotes', "'S3CRET'"],
  ['Chinese', 'S3CRET中'],
  ['a NUL', 'S3CRET\0x'],
  ['an escape', 'S3CRET\u001b[31m'],
])('a token with %s is malformed, and is not shown', (_, value) => {
  const found = findCredentials({ CODEARTS_HOOKS_TOKEN: value });

  expect(found).toMatchObject({ kind: 'none', reason: expect.stringContaining('malformed') });
  expect(JSON.stringify(found)).not.toContain('S3CRET');
});
