import { expect } from 'vitest';
import { pushAndLose } from '../fixtures/pushes.ts';
import { expectScreen, normalized, screenOf } from '../fixtures/screen.ts';
import { type World, type WorldRun, configText, test } from '../fixtures/world.ts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs a command as a pipe sees it, and compares all that it prints. */
async function shot(
  world: World,
  name: string,
  args: readonly string[],
  options: Partial<WorldRun> = {},
): Promise<void> {
  const ran = await world.cli(args, { ...options, mayFail: true });
  await expectScreen(name, normalized(screenOf(args, ran), world));
}

async function idOf(world: World, state: string): Promise<string> {
  const rows = JSON.parse((await world.cli(['history', '--json'])).stdout) as { id: string; state: string }[];
  return rows.find((row) => row.state === state)?.id ?? '';
}

test('before the first push', async ({ world }) => {
  await shot(world, 'help', ['--help']);
  await shot(world, 'watch-help', ['watch', '--help']);
  await shot(world, 'install', ['install']);
  await shot(world, 'status', ['status']);
  await shot(world, 'doctor', ['doctor']);
  await shot(world, 'doctor-live', ['doctor', '--live']);
  await shot(world, 'history-none', ['history']);
  await shot(world, 'watch-none', ['watch']);
  await shot(world, 'trust', ['trust', '--yes']);
  await shot(world, 'whoami', ['whoami']);
  await shot(world, 'flush-none', ['flush']);
  await shot(world, 'explain', ['explain']);
  await shot(world, 'error-id', ['show', 'ffff']);
  await shot(world, 'error-option', ['history', '-n', 'many']);
  await shot(world, 'error-place', ['status'], { cwd: world.root });
});

test('a push that is watched, and a build that fails', async ({ world }) => {
  await world.commit('Start');
  world.sandbox.setPlans([
    { queueMs: 1500, runMs: 1000, log: ['compiling', 'packing'] },
    { queueMs: 1500, runMs: 1000, result: 'FAILURE', message: 'mvn ended with exit code 1' },
  ]);

  await shot(world, 'push', ['push', '--log', '--quiet', 'origin', 'main']);
  await world.commit('Go wrong');
  await shot(world, 'push-failure', ['push', '--quiet', 'origin', 'main']);
  await shot(world, 'watch-failure', ['watch']);

  expect(world.triggers()).toHaveLength(2);
});

test('where things have gone wrong', async ({ world }) => {
  const env = await pushAndLose(world);
  const [delivered, failed, held] = [
    await idOf(world, 'delivered'),
    await idOf(world, 'failed'),
    await idOf(world, 'held'),
  ];

  await shot(world, 'history', ['history'], { env });
  await shot(world, 'status-trouble', ['status'], { env });
  await shot(world, 'doctor-trouble', ['doctor'], { env });
  await shot(world, 'show-delivered', ['show', delivered]);
  await shot(world, 'show-failed', ['show', failed]);
  await shot(world, 'show-held', ['show', held], { env });
  await shot(world, 'watch-held', ['watch', held], { env });
  await shot(world, 'watch-failed', ['watch', failed]);
  await shot(world, 'discard', ['discard', held], { env });
  await shot(world, 'redeliver-nothing', ['redeliver']);
  await world.cli(['watch', delivered]); // to its end
  await shot(world, 'stop-ended', ['stop', delivered]);
});

test('requests as they would be sent: by a token, and by a signature', async ({ world }) => {
  const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
  const { ak, sk } = world.sandbox;
  const signed = { ...env, HUAWEICLOUD_SDK_AK: ak, HUAWEICLOUD_SDK_SK: sk };

  await shot(world, 'trigger-dry-run', ['trigger', '--dry-run']);
  await shot(world, 'trigger-dry-run-signed', ['trigger', '--dry-run'], { env: signed });
  await shot(world, 'trigger-dry-run-nobody', ['trigger', '--dry-run'], { env });
});

test('a config that is not valid, and hooks that are gone', async ({ world }) => {
  await writeFile(
    join(world.dir, 'codearts-hooks.json'),
    configText({ regoin: 'x', jobs: [{ name: 'ci' }] }),
  );
  await shot(world, 'status-config', ['status']);
  await shot(world, 'doctor-config', ['doctor']);
  await shot(world, 'uninstall', ['uninstall']);
  await shot(world, 'status-uninstalled', ['status']);
});
