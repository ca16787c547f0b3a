import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lsRemote } from '../../src/push/ls-remote.ts';
import { quietUrl } from '../../src/push/quiet-url.ts';
import { startHttpRemote } from '../fixtures/http-remote.ts';
import { makePushed } from '../fixtures/repo.ts';

function basic(account: string): string {
  return `Authorization: Basic ${Buffer.from(account).toString('base64')}`;
}

test.each([
  ['https://alice:pw@h.example/r.git', 'https://h.example/r.git', basic('alice:pw')],
  ['https://alice:p%40w@h.example:8443/r.git', 'https://h.example:8443/r.git', basic('alice:p@w')],
  ['http://alice:p:w@h.example/r', 'http://h.example/r', basic('alice:p:w')],
  ['https://alice:@h.example/r', 'https://h.example/r', basic('alice:')],
  ['https://alice:100%@h.example/r', 'https://h.example/r', basic('alice:100%')],
])('the account of %s is not on the command line', (url, bare, header) => {
  expect(quietUrl(url, { GIT_CONFIG_COUNT: '2' })).toEqual({
    url: bare,
    env: {
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_2: `http.${bare}.extraHeader`,
      GIT_CONFIG_VALUE_2: header,
    },
  });
});

test('a user alone is the one that credential helpers are asked for', () => {
  expect(quietUrl('https://alice@h.example/r', {})).toEqual({
    url: 'https://h.example/r',
    env: {
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'credential.https://h.example/r.username',
      GIT_CONFIG_VALUE_0: 'alice',
    },
  });
});

test.each(['https://h.example/r@1', 'git@h.example:r', 'ssh://git@h.example/r', '../r.git', 'C:\\r'])(
  'a URL without an account stays: %s',
  (url) => {
    expect(quietUrl(url, {})).toEqual({ url, env: {} });
  },
);

test('a remote that wants a password is asked with it', async () => {
  const repo = await makePushed();
  const root = join(repo.root, 'served');
  await mkdir(root);
  await repo.git(['clone', '--quiet', '--bare', repo.remote, join(root, 'r.git')]);
  const server = await startHttpRemote(root, { user: 'alice', password: 'p@ss w0rd' });
  onTestFinished(server.close);
  const url = server.url('r.git').replace('//', '//alice:p%40ss%20w0rd@');

  const refs = await lsRemote(repo.product, url, ['refs/heads/main'], { env: repo.env, sshCommand: null });

  expect(refs).toEqual({ kind: 'refs', values: new Map([['refs/heads/main', repo.first]]) });
});
