import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type World, configText, test } from '../fixtures/world.ts';

const JOB = 'f9d6c8466d614a9788e9a0acf6c15f46';
const HOST = 'codehub.devcloud.cn-north-7.ulanqab.huawei.com';
const PATH = '0618c0132d524af6b81030b083d00687/Python2.git';

/** What Huawei Cloud's documentation shows, codearts-api.md section 1; commits have the names that they have here. */
function documented(before: string, after: string) {
  return {
    event_type: 'push',
    commits: [{ id: after, message: 'Update README.md' }],
    ref: 'refs/heads/master',
    repository: { url: `git@${HOST}:${PATH}`, name: 'Python2' },
    after,
    before,
  };
}

/** In place of ssh: `ssh [options] host command`; the command is run here, on the remote of this world. */
async function sshTo(world: World): Promise<string> {
  const path = join(world.root, 'ssh');
  const script = `#!/bin/sh
for command; do :; done
case $command in
*Python2.git*) exec sh -c "\${command%% *} '${world.remote}'" ;;
esac
exit 1
`;
  await writeFile(path, script, { mode: 0o755 });
  return path;
}

test.for([
  `git@${HOST}:${PATH}`,
  `ssh://git@${HOST}/${PATH}`,
  `ssh://git@${HOST}:22/${PATH}`,
  'codehub:Python2.git',
])('a push to %s sends the documented request, field by field', async (url, { world }) => {
  const env = { ...world.env, GIT_SSH_COMMAND: await sshTo(world), GIT_SSH_VARIANT: 'ssh' };
  const jobs = [{ name: 'python2', id: JOB, branches: ['master'] }];
  await world.git(['config', `url.git@${HOST}:0618c0132d524af6b81030b083d00687/.insteadOf`, 'codehub:']);
  await world.git(['remote', 'set-url', 'origin', url]);
  await world.git(['branch', '--move', 'main', 'master']);
  await writeFile(join(world.dir, 'codearts-hooks.json'), configText({ jobs }));
  await writeFile(join(world.dir, 'README.md'), 'one\n');
  await world.git(['add', 'README.md']);
  await world.git(['commit', '--quiet', '--message', 'Add README.md']);
  await world.git(['push', '--quiet', 'origin', 'master'], { env: { ...env, CODEARTS_HOOKS: '0' } });
  const before = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
  await writeFile(join(world.dir, 'README.md'), 'two\n');
  await world.git(['commit', '--quiet', '--all', '--message', 'Update README.md']);
  const after = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();

  await world.git(['push', '--quiet', 'origin', 'master'], { env: { ...env, CODEARTS_HOOKS_TRUST: '1' } });
  await world.settled();

  const [request, ...others] = world.sandbox.requests();
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    method: 'POST',
    path: `/v1/job/${JOB}/auto-execute`,
    headers: { 'x-auth-token': 'valid', 'content-type': 'application/json' },
    status: 200,
  });
  expect(request?.body).toEqual(documented(before, after));
});
