import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../fixtures/world.ts';
import { bare, credentialsPath, heldPush, keyLines } from './credentials.ts';

test('whoami tells the place and the account, logout takes them back', async ({ world }) => {
  const env = bare(world);
  await world.cli(['login', '--stdin'], { env, stdin: keyLines(world) });

  const known = await world.cli(['whoami', '--verify'], { env });
  const out = await world.cli(['logout'], { env });
  const unknown = await world.cli(['whoami'], { env, mayFail: true });

  expect(known.stdout).toMatch(/✓ +credentials +access key \.\.\.[0-9A-F]{4}, from .*credentials\.json\n/);
  expect(known.stdout).toMatch(/✓ +service +takes you\n/);
  expect(known.stdout).not.toContain(world.sandbox.ak);
  expect(known.stdout).not.toContain(world.sandbox.sk);
  expect(out.stderr).toMatch(/^logged out of 127\.0\.0\.1:\d+\n/);
  expect(unknown).toMatchObject({
    exitCode: 4,
    stdout: expect.stringMatching(/✗ +credentials.*\n +→ codearts-hooks login/),
  });
  await expect(stat(credentialsPath(world))).rejects.toThrow('ENOENT');
});

test('with a key store of git’s the secret is there, and not in our file', async ({ world }) => {
  const bin = join(world.root, 'bin');
  await mkdir(bin);
  // The key store itself is a stand-in, as there is none without a desktop; git calls it as it would libsecret.
  const helper = '#!/bin/sh\nexec git credential-store --file "$HOME/keychain" "$1"\n';
  await writeFile(join(bin, 'git-credential-libsecret'), helper);
  await chmod(join(bin, 'git-credential-libsecret'), 0o755);
  await writeFile(join(world.root, 'gitconfig'), '[credential]\n\thelper = libsecret\n');
  const env = {
    ...bare(world),
    PATH: `${bin}:${world.env['PATH']}`,
    GIT_CONFIG_GLOBAL: join(world.root, 'gitconfig'),
  };

  const { stderr } = await world.cli(['login', '--stdin'], { env, stdin: keyLines(world) });
  const after = await heldPush(world, env);
  await world.cli(['logout', '--all'], { env });

  expect(stderr).toContain('stored in git credential (libsecret)\n');
  expect(world.triggers()).toMatchObject([{ after }]);
  await expect(stat(credentialsPath(world))).rejects.toThrow('ENOENT');
  const keychain = join(world.env['HOME'] ?? '', 'keychain');
  expect(await readFile(keychain, 'utf8')).toBe('');

  // Stored in the key store, then without it in the file: logout has both forgotten.
  await world.cli(['login', '--stdin'], { env, stdin: keyLines(world) });
  const without = { ...env, GIT_CONFIG_GLOBAL: '/dev/null' };
  await world.cli(['login', '--stdin'], { env: without, stdin: keyLines(world) });
  expect(await readFile(keychain, 'utf8')).not.toBe('');
  await world.cli(['logout', '--all'], { env });
  expect(await readFile(keychain, 'utf8')).toBe('');
});

test('a file of credentials that others can read is not used, and the remedy is told', async ({ world }) => {
  const env = bare(world);
  await world.cli(['login', '--stdin'], { env, stdin: keyLines(world) });
  await chmod(credentialsPath(world), 0o644);

  const { stdout } = await world.cli(['status'], { env });

  expect(stdout).toContain(`can be read by others; chmod 600 ${credentialsPath(world)}`);
  await world.cli(['login', '--stdin'], { env, stdin: keyLines(world) });
  expect((await stat(credentialsPath(world))).mode & 0o777).toBe(0o600);
  await chmod(credentialsPath(world), 0o644);
  expect((await world.cli(['logout'], { env })).stderr).toMatch(/^logged out of 127/);
  await expect(stat(credentialsPath(world))).rejects.toThrow('ENOENT');
});

test('a logout that cannot know what is stored says so, and is no success', async ({ world }) => {
  const env = bare(world);
  await world.cli(['login', '--stdin'], { env, stdin: keyLines(world) });
  const path = credentialsPath(world);
  await chmod(path, 0o666);

  expect(await world.cli(['logout', '--all'], { env, mayFail: true })).toMatchObject({
    exitCode: 1,
    stderr: [
      `error: the credentials could not be removed: ${path} can be read by others; chmod 600 ${path}`,
      'hint: mend that and log out again, or remove that file',
      '',
    ].join('\n'),
  });
});
