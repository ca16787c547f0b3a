import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  approveCredential,
  fillCredential,
  keychainHelper,
  rejectCredential,
} from '../../src/platform/git-credential.ts';
import { cleanEnv } from '../fixtures/clean-env.ts';
import { scratchFolder } from '../fixtures/scratch.ts';

const HOST = 'cloudbuild-ext.cn-north-4.myhuaweicloud.com';

/** A user whose git has these helpers, one after the other. */
async function user(...helpers: readonly string[]): Promise<Record<string, string> & { root: string }> {
  const root = await scratchFolder();
  await mkdir(join(root, 'home'));
  const lines = helpers.map((helper) => `\thelper = ${JSON.stringify(helper)}\n`);
  await writeFile(join(root, 'gitconfig'), `[credential]\n${lines.join('')}`);
  return { ...cleanEnv(root), GIT_CONFIG_GLOBAL: join(root, 'gitconfig'), root };
}

test('what a helper keeps comes back, for its host alone, until it is taken back', async () => {
  const env = await user('store');
  const kept = { host: HOST, username: 'codearts-hooks', password: '{"ak":"A K","sk":"="}' };

  await approveCredential(kept, env);
  const found = [await fillCredential(HOST, env), await fillCredential(`${HOST}.evil.cn`, env)];
  await rejectCredential(HOST, env);

  expect(found).toEqual([kept, null]);
  expect(await fillCredential(HOST, env)).toBeNull();
});

test('nobody is asked: no terminal, no window of an editor', async () => {
  const env = await user();
  const asked = join(env.root, 'asked');
  const program = join(env.root, 'askpass');
  await writeFile(program, `#!/bin/sh\necho "$@" >>${asked}\n`, { mode: 0o755 });
  await writeFile(join(env.root, 'gitconfig'), `[core]\n\taskPass = ${program}\n`);

  const found = await fillCredential(HOST, {
    ...env,
    GIT_ASKPASS: program,
    SSH_ASKPASS: program,
    GIT_TERMINAL_PROMPT: '1',
    DISPLAY: ':0',
  });

  expect(found).toBeNull();
  expect(existsSync(asked)).toBe(false);
});

test.each([
  ['osxkeychain', 'osxkeychain'],
  ['manager', 'manager'],
  ['/usr/lib/git-core/git-credential-libsecret', 'libsecret'],
  ['!"C:/Program Files/Git/mingw64/bin/git-credential-manager.exe"', 'manager'],
  ['libsecret --verbose', 'libsecret'],
  ['store', null],
  ['cache --timeout=3600', null],
  ['!f() { echo; }; f', null],
])('the helper %s is a key store: %s', async (helper, name) => {
  expect(await keychainHelper(await user(helper))).toBe(name);
});

test('a key store beside a helper that writes secrets down is none', async () => {
  expect(await keychainHelper(await user('store', 'libsecret'))).toBeNull();
  expect(await keychainHelper(await user('store', '', 'libsecret'))).toBe('libsecret');
  expect(await keychainHelper(await user())).toBeNull();
});
