import { expect, test } from 'vitest';
import { credentialSet, fieldsOf, parseCredentials } from '../../src/codearts/credential-set.ts';
import { envCredentials } from '../../src/codearts/env-credentials.ts';
import { readCredentials } from '../../src/codearts/read-credentials.ts';

const KEY = { ak: 'AK1', sk: 'SK1' };
const USER = { user: 'alice', password: ' p w ', domain: 'shop' };

test('a set has what its place has: a key, a token, a user', () => {
  expect(credentialSet('x', { ...KEY, 'security-token': 'ST', token: 'T', ...USER })).toEqual({
    kind: 'found',
    set: {
      source: 'x',
      key: { ak: 'AK1', sk: 'SK1', securityToken: 'ST' },
      token: 'T',
      user: { name: 'alice', password: ' p w ', domain: 'shop' },
    },
  });
});

test('what was read is written in the same words', () => {
  const fields = { ...KEY, 'security-token': 'ST', token: 'T', ...USER };
  const lookup = credentialSet('x', fields);

  expect(lookup.kind === 'found' && fieldsOf(lookup.set)).toEqual(fields);
});

test.each([{}, { token: '' }, { token: ' \n', ak: null }])('nothing is no set: %j', (fields) => {
  expect(credentialSet('x', fields)).toEqual({ kind: 'none' });
});

test.each([
  ['a line end after it', 'MIIabc\n', 'MIIabc'],
  ['blanks around it', '  MIIabc\t', 'MIIabc'],
  ['nine thousand characters', 'x'.repeat(9000), 'x'.repeat(9000)],
  ['all that tokens have', 'MIIabc+/=-_.~', 'MIIabc+/=-_.~'],
])('a token with %s is taken', (_, value, token) => {
  expect(credentialSet('x', { token: value })).toMatchObject({ set: { token } });
});

const BAD = [
  'S3CRET\nX-Evil: 1',
  'S3CRET\rx',
  'S3CRET x',
  '"S3CRET"',
  "'S3CRET'",
  'S3CRET中',
  'S3CRET\0x',
  'S3CRET\u001b[m',
];

test.each(['ak', 'sk', 'token', 'security-token'] as const)(
  'a malformed %s is refused, and never shown',
  (field) => {
    for (const value of BAD) {
      const found = credentialSet('x', { ...KEY, [field]: value });

      expect(found).toMatchObject({
        kind: 'broken',
        reason: expect.stringContaining(`malformed credentials: ${field}`),
      });
      expect(JSON.stringify(found)).not.toContain('S3CRET');
    }
  },
);

test.each([
  [{ ak: 'A' }, 'ak is set, sk is not'],
  [{ sk: 'S' }, 'sk is set, ak is not'],
  [{ 'security-token': 'S', token: 'T' }, 'security-token is set, ak is not'],
  [{ user: 'u', domain: 'd' }, 'user is set, password is not'],
  [{ password: 'p' }, 'password is set, user is not'],
  [{ user: 'u', password: 'p' }, 'user is set, domain is not'],
  [{ domain: 'd' }, 'domain is set, user is not'],
])('half a set is told, not passed over: %j', (fields, words) => {
  expect(credentialSet('x', fields)).toEqual({ kind: 'broken', reason: `incomplete credentials: ${words}` });
});

test.each(['', 'no', '[]', '"x"', 'null', '{}', '{"ak":1,"sk":2}', '{"AK":"a"}'])(
  'a text that is no JSON object with credentials is told without quoting it: %j',
  (text) => {
    expect(parseCredentials('place', text)).toMatchObject({
      kind: 'broken',
      reason: expect.stringMatching(/^what place gives (is not JSON|is not a JSON object|has neither )/),
    });
  },
);

test('the environment counts in the documented order, each name told where it is wrong', () => {
  const env = {
    CODEARTS_HOOKS_TOKEN: 'T1',
    HUAWEICLOUD_SDK_AK: 'A2',
    HUAWEICLOUD_SDK_SK: 'S2',
    HUAWEICLOUD_SDK_SECURITY_TOKEN: 'ST2',
    HW_ACCESS_KEY: 'A3',
    HW_SECRET_KEY: 'S3',
    HW_AUTH_TOKEN: 'T3',
    HW_USER_NAME: 'u',
    HW_USER_PASSWORD: 'p',
    HW_DOMAIN_NAME: 'd',
  };

  expect(envCredentials(env)).toMatchObject([
    { set: { source: 'CODEARTS_HOOKS_TOKEN', token: 'T1', key: null } },
    { set: { source: 'HUAWEICLOUD_SDK_AK', key: { ak: 'A2', sk: 'S2', securityToken: 'ST2' }, token: null } },
    { set: { source: 'HW_ACCESS_KEY', key: { ak: 'A3' }, token: 'T3', user: { name: 'u' } } },
  ]);
  expect(envCredentials({ HW_USER_NAME: 'u', HW_USER_PASSWORD: 'p', HW_DOMAIN_NAME: 'd' })[2]).toMatchObject({
    set: { source: 'HW_USER_NAME' },
  });
  expect(envCredentials({ HUAWEICLOUD_SDK_AK: 'A' })[1]).toEqual({
    kind: 'broken',
    reason: 'incomplete credentials: HUAWEICLOUD_SDK_AK is set, HUAWEICLOUD_SDK_SK is not',
  });
  expect(envCredentials({})).toEqual([{ kind: 'none' }, { kind: 'none' }, { kind: 'none' }]);
});

test('lines may have comments, blanks and colons', () => {
  expect(readCredentials('x', '# mine\n\nak : A\nsk=S=1\n')).toMatchObject({
    set: { key: { ak: 'A', sk: 'S=1' } },
  });
});
