import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inspectPreferences, openPreferences, readPreferences } from '../../src/config/preferences.ts';
import { UserError } from '../../src/core/errors.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const DEFAULTS = {
  'reference-transaction': 'off',
  'verify-remote': 'auto',
  auth: 'auto',
  'credential-command': null,
  proxy: null,
  'ca-file': null,
  'insecure-hosts': [],
  'allowed-endpoints': [],
  'trusted-projects': [],
  language: null,
  notify: 'never',
};
const OTHERS = {
  'reference-transaction': 'armed',
  'verify-remote': 'never',
  auth: 'token',
  'credential-command': ['op', 'read'],
  proxy: '',
  'ca-file': '/ca.pem',
  'insecure-hosts': ['b.example:8443'],
  'allowed-endpoints': ['b.example'],
  'trusted-projects': ['github.com/shop/*'],
  language: 'zh-CN',
  notify: 'failed',
};

/** A home whose preferences are this text; null: none. */
async function home(text: string | null): Promise<{ HOME: string; path: string }> {
  const HOME = await scratchFolder();
  const folder = join(HOME, '.config', 'codearts-hooks');
  await mkdir(folder, { recursive: true });
  if (text !== null) await writeFile(join(folder, 'config.json'), text);
  return { HOME, path: join(folder, 'config.json') };
}

const READERS = [
  ['the runner', readPreferences],
  ['a command', openPreferences],
] as const;

for (const [who, read] of READERS) {
  test.each([
    ['no file', null, DEFAULTS],
    ['an empty object', '{}', DEFAULTS],
    ['all keys', JSON.stringify(OTHERS), OTHERS],
    [
      'values that mean nothing',
      JSON.stringify({
        'reference-transaction': 'arm',
        'verify-remote': 7,
        auth: 'none',
        'credential-command': [],
        proxy: 1,
        'ca-file': '',
        'insecure-hosts': 'b.example',
        'allowed-endpoints': [''],
        'trusted-projects': [1],
        notify: 'sometimes',
      }),
      DEFAULTS,
    ],
    [
      'keys of others',
      '{"language":"zh","reference-transaction":"armed"}',
      { ...DEFAULTS, 'reference-transaction': 'armed' },
    ],
  ])(`${who} reads the preferences of a user with %s`, async (_, text, expected) => {
    expect(await read(await home(text))).toEqual(expected);
  });

  test(`${who} takes the defaults where the environment names no home`, async () => {
    expect(await read({})).toEqual(DEFAULTS);
  });

  test.each(['/proc/nowhere', '/dev/null'])(
    `${who} takes the defaults, and does not hang, in a home that cannot be written: %s`,
    async (HOME) => {
      expect(await read({ HOME })).toEqual(DEFAULTS);
    },
  );
}

test.each([
  ['half a file', '{"reference-transaction":'],
  ['no object', '"armed"'],
  ['far too much', JSON.stringify({ ...OTHERS, x: 'x'.repeat(70_000) })],
])('for the runner a broken file is none: %s', async (_, text) => {
  expect(await readPreferences(await home(text))).toEqual(DEFAULTS);
});

test('for the runner a folder in place of the file is none', async () => {
  const env = await home(null);
  await mkdir(env.path);

  expect(await readPreferences(env)).toEqual(DEFAULTS);
});

test('a command tells the user of a broken file, and leaves it', async () => {
  const env = await home('{"reference-transaction":');

  await expect(openPreferences(env)).rejects.toThrow(UserError);
  await expect(openPreferences(env)).rejects.toMatchObject({
    code: 'config-invalid',
    message: `your preferences in ${env.path} are not valid JSON`,
  });
  expect(await readFile(env.path, 'utf8')).toBe('{"reference-transaction":');
});

test('a command tells the user of a file that cannot be read', async () => {
  const env = await home(null);
  await mkdir(env.path);

  await expect(openPreferences(env)).rejects.toMatchObject({
    code: 'config-invalid',
    message: `your preferences in ${env.path} cannot be read`,
  });
});

test('what in the file has no effect is told, a sentence each', async () => {
  const env = await home('{"auth":"aksk","credential-command":"op read","proxy":""}');

  expect(await inspectPreferences(env)).toEqual({
    path: env.path,
    preferences: { ...DEFAULTS, proxy: '' },
    problems: [
      '"auth" must be auto or ak-sk or token',
      '"credential-command" must be a list: the program, then its arguments',
    ],
  });
});

test.each([
  ['half a file', '{"auth":', 'is not valid JSON'],
  ['no object', '[]', 'must be a JSON object'],
  ['far too much', JSON.stringify({ x: 'x'.repeat(70_000) }), 'is larger than 64 KB'],
])('a broken file is told: %s', async (_, text, problem) => {
  expect(await inspectPreferences(await home(text))).toMatchObject({ problems: [problem] });
});
