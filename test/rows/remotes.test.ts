import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { JOB, makeWorld, test } from '../fixtures/world.ts';
import { settledHistory } from './history.ts';

const PASSWORD = 'S3CR-canary-9f';

test('row 43: whatever form the URL has, it is told without its user, or its name alone', async () => {
  const world = await makeWorld({ jobs: [{ ...JOB, branches: ['**'], remotes: ['*'] }] });
  try {
    const ssh = join(world.root, 'ssh');
    await writeFile(ssh, `#!/bin/sh\nexec git-receive-pack '${world.remote}'\n`, { mode: 0o755 });
    const env = { ...world.env, GIT_SSH_COMMAND: ssh, GIT_SSH_VARIANT: 'simple' };
    await world.git(['config', 'protocol.ext.allow', 'always']);
    await world.git(['config', `url.${world.remote}.insteadOf`, `https://me:${PASSWORD}@short/`]);
    await world.git(['config', 'url.git@host:group/.pushInsteadOf', 'push:']);
    const forms = [
      [`ssh://me:${PASSWORD}@host/group/r.git`, { url: 'ssh://me@host/group/r.git', name: 'r' }],
      ['git@host:group/r.git', { url: 'git@host:group/r.git', name: 'r' }],
      ['push:r.git', { url: 'git@host:group/r.git', name: 'r' }],
      [`https://me:${PASSWORD}@short/`, { name: 'remote' }],
      [world.remote, { name: 'remote' }],
      [`file://${world.remote}`, { name: 'remote' }],
      [`ext::sh -c git-receive-pack% ${world.remote}`, { name: 'remote' }],
    ] as const;
    for (const [index, [url]] of forms.entries()) {
      await world.git(['push', '--quiet', url, `main:form-${index}`], { env });
      await world.settled();
    }

    const told = world.sandbox.requests().map(({ body }) => (body as { repository: unknown }).repository);
    expect(told).toEqual(forms.map(([, repository]) => repository));
    expect(JSON.stringify(await settledHistory(world))).not.toContain(PASSWORD);
  } finally {
    await world.close();
  }
});
