import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPreferences, readPreferences } from '../../src/config/preferences.ts';
import { UserError } from '../../src/core/errors.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const DEFAULTS = { 'reference-transaction': 'off', 'verify-remote': 'auto' };
const OTHERS = { 'reference-transaction': 'armed', 'verify-remote': 'never' };

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
    ['both keys', JSON.stringify(OTHERS), OTHERS],
    ['values that mean nothing', '{"reference-transaction":"arm","verify-remote":7}', DEFAULTS],
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
