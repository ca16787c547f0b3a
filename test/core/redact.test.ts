import { expect, test } from 'vitest';
import { redact } from '../../src/core/redact.ts';

const CANARY = 'S3CR-canary-9f';

test.each([
  ['a URL in a sentence', `fatal: unable to access 'https://alice:${CANARY}@host/r.git/'`],
  ['a token as the user', `remote: https://${CANARY}@host/r.git`],
  ['a URL with a slash in the password', `fatal: https://alice:a/${CANARY}@host/r.git`],
  ['two URLs', `https://a:${CANARY}@h/x and https://b:${CANARY}@h/y`],
  ['the header of a token', `X-Auth-Token: ${CANARY}`],
  ['the header in JSON', `{"x-auth-token":"${CANARY}"}`],
  ['a password in JSON', `{"password": "${CANARY}"}`],
  ['an authorization with its scheme', `Authorization: Basic ${CANARY}`],
  ["git's extra header", `http.https://github.com/.extraheader=AUTHORIZATION: bearer ${CANARY}`],
  ['a signature', `authorization: SDK-HMAC-SHA256 Access=ak, SignedHeaders=host, Signature=${CANARY}`],
  ['a proxy', `Proxy-Authorization: Basic ${CANARY}`],
  ['an assignment', `sk=${CANARY}`],
  ['a query', `https://host/x?access_token=${CANARY}&a=b`],
  ['a security token', `X-Security-Token = ${CANARY}`],
])('the secret is not in what is left of %s', (_, text) => {
  const clean = redact(text);

  expect(clean).not.toContain(CANARY);
  expect(clean).not.toBe(text);
});

test.each([
  ['as it is', CANARY],
  ['in base64', Buffer.from(CANARY).toString('base64')],
  ['in a URL', encodeURIComponent('a/b+c=d:e')],
])('a secret that we know is hidden %s', (_, shown) => {
  expect(redact(`before ${shown} after`, [CANARY, 'a/b+c=d:e'])).toBe('before [redacted] after');
});

test('a secret that is the name of one gives away no other', () => {
  expect(redact(`{"password":"${CANARY}"}, password=x`, ['password'])).toBe(
    '{"[redacted]":"[redacted]"}, [redacted]=[redacted]',
  );
});

test.each([
  ['a short word is no secret worth hiding', 'push main to main', ['main']],
  ['an empty secret hides nothing', 'push main', ['']],
  ['a mail address stays', 'by alice@example.com', []],
  ['words that only begin like a name stay', 'skip the task, skimmed: yes', []],
  ['a URL without a user stays', 'see https://host/a@b/c and https://host:8443/a@b/c', []],
])('%s', (_, text, secrets) => {
  expect(redact(text, secrets)).toBe(text);
});

test('every line of a text is cleaned, and the lines stay', () => {
  expect(redact(`one //u:${CANARY}@h/\nauthorization: Basic ${CANARY}\nthree`)).toBe(
    'one //h/\nauthorization: [redacted]\nthree',
  );
});
