import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hidePasswordOf, hideSecret, hideSecretsOf } from '../../src/core/known-secrets.ts';
import { redact } from '../../src/core/redact.ts';
import { secretForms } from '../../src/core/secret-forms.ts';

test.each([
  'CODEARTS_HOOKS_TOKEN',
  'HUAWEICLOUD_SDK_AK',
  'HUAWEICLOUD_SDK_SK',
  'HUAWEICLOUD_SDK_SECURITY_TOKEN',
  'HW_ACCESS_KEY',
  'HW_SECRET_KEY',
  'HW_SECURITY_TOKEN',
  'HW_AUTH_TOKEN',
  'HW_USER_PASSWORD',
])('the value of %s is hidden wherever it turns up', (name) => {
  const value = `canary-of-${name.toLowerCase().replaceAll('_', '-')}`;
  expect(redact(`it was ${value}.`)).toBe(`it was ${value}.`);

  hideSecretsOf({ [name]: `${value}\n` });

  expect(redact(`it was ${value}.`)).toBe('it was [redacted].');
});

test.each(['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'])(
  'the password of the proxy in %s is hidden',
  (name) => {
    const password = `p4ss ${name}`;

    hideSecretsOf({ [name]: `http://user:${encodeURIComponent(password)}@proxy:3128` });

    expect(redact(`tried ${password}, ${encodeURIComponent(password)}`)).toBe('tried [redacted], [redacted]');
  },
);

test.each([
  ['no user', 'http://proxy:3128'],
  ['no password', 'http://user@proxy:3128'],
  ['an escape that is none', 'http://user:100%sure@proxy'],
])('a URL with %s is no failure', (_, url) => {
  expect(() => hidePasswordOf(url)).not.toThrow();
});

test('blank values hide nothing', () => {
  hideSecret('');
  hideSecret('  \n');
  hideSecret(null);

  expect(redact('a b  c')).toBe('a b  c');
});

const SECRET = fc
  .string({ minLength: 8, maxLength: 60, unit: 'grapheme-ascii' })
  .filter((text) => text.trim() === text);
const AROUND = fc.string({ maxLength: 20 });

test('a secret is not to be read in base64, whatever is before and after it', () => {
  fc.assert(
    fc.property(
      SECRET,
      AROUND,
      AROUND,
      fc.constantFrom('base64', 'base64url'),
      (secret, before, after, coding) => {
        const shown = redact(Buffer.from(`${before}${secret}${after}`).toString(coding), [secret]);

        expect(Buffer.from(shown.replaceAll('[redacted]', ''), coding).toString()).not.toContain(secret);
      },
    ),
    { numRuns: 2000 },
  );
});

test('a secret is in none of the forms that it may take', () => {
  fc.assert(
    fc.property(SECRET, AROUND, (secret, around) => {
      for (const form of secretForms(secret))
        expect(redact(`${around}${form}${around}`, [secret])).not.toContain(form);
      expect(redact(JSON.stringify({ x: secret }), [secret])).not.toContain(JSON.stringify(secret));
      expect(redact(new URLSearchParams({ x: secret }).toString(), [secret])).not.toContain(
        new URLSearchParams({ x: secret }).toString().slice(2),
      );
    }),
    { numRuns: 1000 },
  );
});

test('half a character in a secret is no failure', () => {
  expect(redact('x abcdefg\ud800 y', ['abcdefg\ud800'])).toBe('x [redacted] y');
});

test('a proxy that is not set, or has no user, hides nothing', () => {
  hideSecretsOf({ HTTPS_PROXY: undefined, http_proxy: 'http://proxy:3128' });

  expect(redact('by http://proxy:3128')).toBe('by http://proxy:3128');
});
