import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, expect, test } from 'vitest';
import { openGit } from '../../src/platform/git.ts';
import { lsRemote } from '../../src/push/ls-remote.ts';
import { startHttpRemote } from '../fixtures/http-remote.ts';
import { closedPort } from '../fixtures/raw-server.ts';
import { type Repo, makePushed } from '../fixtures/repo.ts';

const NOTHING_SET = { env: {}, sshCommand: null };

/** An `ssh` that writes down how it was called, and fails. */
async function fakeSsh({ root }: Repo): Promise<{ path: string; calls: () => Promise<string> }> {
  const path = join(root, 'ssh');
  const log = join(root, 'ssh.log');
  await writeFile(path, `#!/bin/sh\nprintf '%s\\n' "$*" >>'${log}'\nexit 255\n`);
  await chmod(path, 0o755);
  return { path, calls: () => readFile(log, 'utf8').catch(() => '') };
}

test('the values of the wanted refs are given, and no others', async () => {
  const { product, git, remote, first } = await makePushed();
  await git(['tag', '-a', '-m', 'x', 'v1']);
  await git(['push', '--quiet', 'origin', 'v1', 'HEAD:refs/heads/other']);
  const tag = (await git(['rev-parse', 'v1'])).stdout.trim();

  const found = await lsRemote(
    product,
    remote,
    ['refs/heads/main', 'refs/tags/v1', 'refs/heads/no'],
    NOTHING_SET,
  );

  expect(found).toEqual({
    kind: 'refs',
    values: new Map([
      ['refs/heads/main', first],
      ['refs/tags/v1', tag],
    ]),
  });
});

test('for very many refs the whole list is read: a command line has an end', async () => {
  const { product, remote, first } = await makePushed();
  const refs = Array.from({ length: 20_000 }, (_, n) => `refs/heads/${'x'.repeat(100)}-${n}`);

  const found = await lsRemote(product, remote, [...refs, 'refs/heads/main'], NOTHING_SET);

  expect(found.kind === 'refs' && found.values.get('refs/heads/main')).toBe(first);
});

test('a remote that has none of the refs is reached all the same', async () => {
  const { product, remote } = await makePushed();

  expect(await lsRemote(product, remote, ['refs/heads/no'], NOTHING_SET)).toEqual({
    kind: 'refs',
    values: new Map(),
  });
});

test.each([
  ['is not there', '/nowhere/r.git'],
  ['looks like an option', '--upload-pack=touch /tmp/pwned'],
  ['is of a scheme that nobody speaks', 'nope://host/r.git'],
])('a remote that %s is unreachable, with a reason', async (_, url) => {
  const { product } = await makePushed();

  const found = await lsRemote(product, url, ['refs/heads/main'], NOTHING_SET);

  expect(found).toMatchObject({ kind: 'unreachable', reason: expect.stringMatching(/\S/) });
});

test('a service that is down is unreachable, and its password is not told', async () => {
  const { product } = await makePushed();
  const url = `http://alice:S3CR-canary@127.0.0.1:${await closedPort()}/r.git`;

  const found = await lsRemote(product, url, ['refs/heads/main'], NOTHING_SET);

  expect(found.kind).toBe('unreachable');
  expect(JSON.stringify(found)).not.toContain('S3CR-canary');
});

test('a remote that wants a password is not asked for one, and opens to the right one', async () => {
  const { root, gitDir, dir, env, first } = await makePushed();
  const server = await startHttpRemote(root, { user: 'alice', password: 'right' });
  onTestFinished(() => server.close());
  const asking = join(root, 'askpass');
  await writeFile(asking, `#!/bin/sh\ntouch '${root}/asked'\necho right\n`);
  await chmod(asking, 0o755);
  const git = openGit(gitDir, dir, {
    ...env,
    GIT_ASKPASS: asking,
    SSH_ASKPASS: asking,
    GIT_TERMINAL_PROMPT: '1',
  });
  await git.run(['config', 'core.askPass', asking]);

  const refused = await lsRemote(git, server.url('remote.git'), ['refs/heads/main'], NOTHING_SET);
  const withPassword = server.url('remote.git').replace('://', '://alice:right@');
  const opened = await lsRemote(git, withPassword, ['refs/heads/main'], NOTHING_SET);

  expect(refused.kind).toBe('unreachable');
  expect(opened).toMatchObject({ kind: 'refs', values: new Map([['refs/heads/main', first]]) });
  await expect(readFile(join(root, 'asked'))).rejects.toMatchObject({ code: 'ENOENT' });
});

test.each([
  ['the environment before the setting', true, 'other'],
  ['the setting', false, null],
])('ssh is told to ask nothing, by %s', async (_, isInEnv, setting) => {
  const repo = await makePushed();
  const ssh = await fakeSsh(repo);
  const options = isInEnv
    ? { env: { GIT_SSH_COMMAND: ssh.path }, sshCommand: setting }
    : { env: {}, sshCommand: ssh.path };

  const found = await lsRemote(repo.product, 'git@host.invalid:r.git', ['refs/heads/main'], options);

  expect(found.kind).toBe('unreachable');
  expect(await ssh.calls()).toContain('-o BatchMode=yes');
  expect(await ssh.calls()).toContain('git@host.invalid');
});

test('a program named by GIT_SSH gets no option that it may not know', async () => {
  const repo = await makePushed();
  const ssh = await fakeSsh(repo);
  const git = openGit(repo.gitDir, repo.dir, { ...repo.env, GIT_SSH: ssh.path });

  await lsRemote(git, 'git@host.invalid:r.git', ['refs/heads/main'], {
    env: { GIT_SSH: ssh.path },
    sshCommand: null,
  });

  expect(await ssh.calls()).toContain('git@host.invalid');
  expect(await ssh.calls()).not.toContain('BatchMode');
});
