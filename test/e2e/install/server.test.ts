import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type World, ZERO, configText, test } from '../../fixtures/world.ts';

/** The remote of the world becomes the server's repository, with the config of its pushed commits. */
async function serve(world: World): Promise<void> {
  await world.cli(['uninstall', '--force']);
  await writeFile(join(world.dir, 'codearts-hooks.json'), configText({ jobs: [JSON_JOB] }));
  await world.commit('config');
  await world.git(['push', '--quiet', 'origin', 'main']);
  await world.cli(['install', '--server', '--yes'], { cwd: world.remote });
}
const JSON_JOB = { name: 'ci', id: 'f9d6c8466d614a9788e9a0acf6c15f46', branches: ['**'], tags: ['**'] };

test('install --server: what others push starts builds, with --no-verify and of tags too', async ({
  world,
}) => {
  await serve(world);
  const before = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
  const after = await world.commit('one');
  await world.git(['tag', 'v1']);

  await world.git(['push', '--quiet', '--no-verify', 'origin', 'main', 'v1']);
  await world.settled(world.remote);

  expect(world.triggers().toSorted((a, b) => a.ref.localeCompare(b.ref))).toEqual([
    { ref: 'refs/heads/main', before, after },
    { ref: 'refs/tags/v1', before: ZERO, after },
  ]);
});

test('a post-receive that was there runs with the same input, and is put back', async ({ world }) => {
  const hook = join(world.remote, 'hooks', 'post-receive');
  const text = '#!/bin/sh\nread -r old new ref\necho "of theirs: $ref"\n';
  await writeFile(hook, text, { mode: 0o755 });
  await serve(world);
  await world.commit('one');

  const pushed = await world.git(['push', 'origin', 'main']);
  await world.settled(world.remote);
  await world.cli(['uninstall'], { cwd: world.remote });

  expect(pushed.stderr).toContain('remote: of theirs: refs/heads/main');
  expect(world.triggers()).toHaveLength(1);
  expect(await readFile(hook, 'utf8')).toBe(text);
});

test('a repository with a work tree is no server’s', async ({ world }) => {
  const refused = await world.cli(['install', '--server'], { mayFail: true });

  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('it is no server');
});
