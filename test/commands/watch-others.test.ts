import { chmod, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startAttempt } from '../../src/delivery/attempt.ts';
import { readEvents, saveEvent } from '../../src/spool/shelves.ts';
import { fileName } from '../../src/spool/stored-event.ts';
import { run, until } from '../fixtures/run.ts';
import { CLI, type World, test } from '../fixtures/world.ts';

const QUICK = { queueMs: 0, runMs: 300 };

async function writeHook(path: string, text: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
}

/** A remote that takes a push when the test says so. */
async function slowRemote({ root }: World, remote: string, name: string) {
  const [begun, go] = [join(root, `${name}-begun`), join(root, `${name}-go`)];
  const wait = `: >'${begun}'; until [ -e '${go}' ]; do sleep 0.05; done`;
  await writeHook(join(remote, 'hooks', 'pre-receive'), wait);
  return {
    begun: async () => await until(`the push to ${name}`, async () => existsSync(begun)),
    go: async () => await writeFile(go, ''),
  };
}

test('a push that two hooks have seen is followed by watch, whichever of the two notes goes on', async ({
  world,
}) => {
  const twice = 'in=$(cat); for i in 1 2; do printf "%s\\n" "$in" | .git/codearts-hooks/pre-push "$@"; done';
  await writeHook(join(world.dir, '.git', 'hooks', 'pre-push'), twice);
  world.sandbox.setPlans([QUICK, QUICK, QUICK]);

  for (const number of [1, 2, 3]) {
    await world.commit(`push ${number}`);
    const command = `git push --quiet && exec "${process.execPath}" "${CLI}" watch`;
    const { stdout } = await run('sh', ['-c', command], { cwd: world.dir, env: world.env });
    expect(stdout).toContain(`✓ ci #${number} succeeded`);
  }
  expect(world.triggers()).toHaveLength(3);
});

test('push follows its own build alone, while another terminal pushes', async ({ world }) => {
  const mirror = join(world.root, 'mirror.git');
  await run('git', ['clone', '--quiet', '--bare', world.remote, mirror], { cwd: world.root, env: world.env });
  await world.git(['remote', 'add', 'mirror', mirror]);
  world.sandbox.setPlans([QUICK]);
  const origin = await slowRemote(world, world.remote, 'origin');
  const theirs = await slowRemote(world, mirror, 'mirror');
  await world.commit('one');

  const ours = world.cli(['push', '--quiet', 'origin', 'main']);
  await origin.begun();
  const other = world.git(['push', '--quiet', 'mirror', 'HEAD:refs/heads/theirs']);
  await theirs.begun();
  await origin.go();
  const { stdout } = await ours;
  await theirs.go();
  await other;

  expect(stdout).toMatch(/^✓ ci #1 succeeded/);
});

test('what a killed process was sending goes on because somebody watches it', async ({ world }) => {
  await world.commit('one');
  await world.git(['push', '--quiet']);
  await world.settled();
  const spool = { root: join(world.dir, '.git', 'codearts-hooks') };
  const [event] = await readEvents(spool);
  if (!event) throw new Error('the push has left nothing');
  const attempts = [startAttempt(event.endedAt)];
  await saveEvent(spool, { ...event, state: 'sending', build: null, attempts, startedAt: 0, endedAt: 0 });
  await rm(join(spool.root, 'done', fileName(event)));

  const { stdout } = await world.cli(['watch']);

  expect(stdout).toMatch(/✓ ci #1 succeeded/);
  expect(world.triggers()).toHaveLength(1);
});
