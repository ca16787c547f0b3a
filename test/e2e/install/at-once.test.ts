import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect } from 'vitest';
import { repair } from '../../../src/runner/repair.ts';
import { fakeClock } from '../../fixtures/fake-clock.ts';
import { run } from '../../fixtures/run.ts';
import { test } from '../../fixtures/world.ts';

const PYTHON_HOOK = '#!/usr/bin/env python3\nprint("mine")\n';

test('installs at once, as of the prepare scripts of many packages, keep the hook that was there', async ({
  world,
}) => {
  const dir = join(world.root, 'fresh');
  const hook = join(dir, '.git', 'hooks', 'pre-push');
  await run('git', ['init', '--quiet', dir], { cwd: world.root, env: world.env });
  await mkdir(join(dir, '.git', 'hooks'), { recursive: true });
  await writeFile(hook, PYTHON_HOOK);
  await chmod(hook, 0o755);

  const installs = [1, 2, 3, 4].map(
    async () => await world.cli(['install', '--quiet'], { cwd: dir, mayFail: true }),
  );

  expect((await Promise.all(installs)).map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(
    installs.map(() => [0, '']),
  );
  expect(await readFile(`${hook}.next`, 'utf8')).toBe(PYTHON_HOOK);
  expect(await readFile(hook, 'utf8')).toContain('# codearts-hooks shim');
});

test('a runner that repairs while it is uninstalled puts nothing back', async ({ world }) => {
  const commonDir = join(world.dir, '.git');
  const stateDir = join(commonDir, 'codearts-hooks');
  const manifest = JSON.parse(await readFile(join(stateDir, 'installed.json'), 'utf8')) as object;
  // As on a git that has config hooks.
  await writeFile(join(stateDir, 'installed.json'), JSON.stringify({ ...manifest, isInConfig: true }));
  const logged: string[] = [];
  const effects = { env: world.env, clock: fakeClock() };
  const log = async (line: string): Promise<void> => void logged.push(line);
  await repair({ commonDir, stateDir, effects, log });
  const isPutBack = (await readFile(join(commonDir, 'config'), 'utf8')).includes('codearts-hooks');

  const uninstalling = { isDone: false };
  const uninstall = world.cli(['uninstall']).finally(() => {
    uninstalling.isDone = true;
  });
  while (!uninstalling.isDone) {
    await repair({ commonDir, stateDir, effects, log });
    await setImmediate();
  }
  await uninstall;

  expect(isPutBack).toBe(true);
  expect(existsSync(stateDir)).toBe(false);
  expect((await readdir(join(commonDir, 'hooks'))).filter((name) => !name.endsWith('.sample'))).toEqual([]);
  expect(await readFile(join(commonDir, 'config'), 'utf8')).not.toContain('codearts-hooks');
  expect(logged.filter((line) => !line.startsWith('put back: '))).toEqual([]);
});
