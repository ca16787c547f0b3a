import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run, until } from '../../fixtures/run.ts';
import { type World, makeWorld } from '../../fixtures/world.ts';
import { EVERYTHING, expectExact } from './expect-exact.ts';

const NUMBERS = Array.from({ length: 12 }, (_, index) => index + 1);

/** A hook that waits in its push until `release` is there. */
async function holdPushes(world: World): Promise<() => Promise<void>> {
  const release = join(world.root, 'release');
  const hook = `#!/bin/sh\ncat >/dev/null\ntouch "${world.root}/held.$$"\nwhile ! test -e "${release}"; do sleep 0.02; done\n`;
  await writeFile(join(world.dir, '.git', 'hooks', 'pre-push.next'), hook, { mode: 0o755 });
  return () => writeFile(release, '');
}

describe.concurrent('pushes at the same time', () => {
  test('twelve from twelve worktrees start twelve builds', () =>
    expectExact({
      title: 'twelve worktrees',
      prepare: async (world) => {
        for (const number of NUMBERS) {
          await world.git(['worktree', 'add', '--quiet', '-b', `tree-${number}`, `../tree-${number}`]);
          await world.commit(`in ${number}`, join(world.root, `tree-${number}`));
        }
      },
      act: async (world) => {
        const pushes = NUMBERS.map((number) =>
          world.git(['push', '--quiet', 'origin', `tree-${number}`], {
            cwd: join(world.root, `tree-${number}`),
          }),
        );
        await Promise.all(pushes);
      },
    }));

  for (const mode of ['armed', 'off'] as const) {
    test(`A to B, back by force, A to B again are three builds (reference-transaction ${mode})`, async () => {
      const world = await makeWorld(EVERYTHING);
      if (mode === 'armed') await writeFile(join(world.dir, '.git', 'codearts-hooks', 'arm'), '');
      const a = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
      const b = await world.commit('B');

      await world.git(['push', '--quiet', 'origin', 'main']);
      await world.git(['push', '--quiet', '--force', 'origin', `${a}:main`]);
      await world.git(['push', '--quiet', 'origin', 'main']);
      await world.settled();

      expect(world.triggers().map(({ before, after }) => `${before}..${after}`)).toEqual([
        `${a}..${b}`,
        `${b}..${a}`,
        `${a}..${b}`,
      ]);
      await world.close();
    });

    test(`two terminals push the same commit, one is refused: one build (reference-transaction ${mode})`, async () => {
      const world = await makeWorld(EVERYTHING);
      if (mode === 'armed') await writeFile(join(world.dir, '.git', 'codearts-hooks', 'arm'), '');
      const after = await world.commit('one');
      const release = await holdPushes(world);

      const pushes = [1, 2].map(() => world.git(['push', 'origin', 'main'], { mayFail: true }));
      await until('both to be in their hooks', async () => {
        const { stdout } = await run('find', [world.root, '-maxdepth', '1', '-name', 'held.*'], {
          cwd: world.root,
          env: world.env,
        });
        return stdout.trim().split('\n').length === 2;
      });
      await release();
      const codes = (await Promise.all(pushes)).map(({ exitCode }) => exitCode).sort((a, b) => a - b);
      await world.settled();

      expect(codes).toEqual([0, 1]);
      expect(world.triggers()).toMatchObject([{ ref: 'refs/heads/main', after }]);
      await world.close();
    });
  }

  test('a push with --no-verify is built before the push that finds it, each from its own old value', async () => {
    const world = await makeWorld(EVERYTHING);
    const a = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
    const b = await world.commit('B');
    await world.git(['push', '--quiet', '--no-verify', 'origin', 'main']);
    const c = await world.commit('C');

    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();

    expect(world.triggers().map(({ before, after }) => `${before}..${after}`)).toEqual([
      `${a}..${b}`,
      `${b}..${c}`,
    ]);
    await world.close();
  });

  test('the same push again, after somebody else has taken it back: a build each', async () => {
    const world = await makeWorld(EVERYTHING);
    const a = (await world.git(['rev-parse', 'HEAD'])).stdout.trim();
    const b = await world.commit('B');

    await world.git(['push', '--quiet', 'origin', 'main']);
    // At once: the first is still fresh in the spool.
    await until('the build', async () => world.triggers().length === 1);
    await world.git(['update-ref', 'refs/heads/main', a], { cwd: world.remote });
    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();

    expect(world.triggers().map(({ before, after }) => `${before}..${after}`)).toEqual([
      `${a}..${b}`,
      `${a}..${b}`,
    ]);
    await world.close();
  });

  test('CODEARTS_HOOKS=0 starts nothing, now or later', () =>
    expectExact({
      title: 'off',
      act: async (world) => {
        const off = { env: { ...world.env, CODEARTS_HOOKS: '0' } };
        await world.commit('one');
        await world.git(['push', '--quiet', 'origin', 'main'], off);
        await world.settled();
        await world.git(['push', '--quiet', '--force', 'origin', 'HEAD~:main'], off);
        await world.settled();
        await world.git(['push', '--quiet', 'origin', 'HEAD~:main']);
      },
    }));

  test('codearts-hooks.enabled=false starts nothing, now or later', async () => {
    const world = await makeWorld(EVERYTHING);
    await world.git(['config', 'codearts-hooks.enabled', 'false']);
    await world.commit('one');
    await world.git(['push', '--quiet', 'origin', 'main']);
    await world.settled();
    await world.git(['config', '--unset', 'codearts-hooks.enabled']);

    await world.cli(['flush']);

    expect(world.triggers()).toEqual([]);
    await world.close();
  });
});
