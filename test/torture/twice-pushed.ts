import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { pacedFlush, untilNoProcess, usePacedRunner } from '../fixtures/paced-runner.ts';
import { JOB, type World, makeWorld } from '../fixtures/world.ts';

const SECOND_JOB = { name: 'deploy', id: '0123456789abcdef0123456789abcdef' };

/**
 * Pushes two branches at once while a fault befalls, then one of them again without it, and lets everything settle.
 * Two jobs: each push of a branch is two events.
 *
 * @param fault environment of the first push
 * @param check what must hold besides: each push built once for each job, the two of `main` in their order
 * @returns the checkpoint and its step; null: the run ended before it came there
 */
export async function pushTwice(
  fault: Readonly<Record<string, string>>,
  check: (world: World) => Promise<void> = async () => undefined,
): Promise<string | null> {
  const world = await makeWorld({ jobs: [JOB, SECOND_JOB] });
  try {
    await usePacedRunner(world);
    const log = join(world.root, 'checkpoint');
    const one = await world.commit('one');
    await world.git(['branch', 'topic']);
    await world.git(['push', '--quiet', 'origin', 'main', 'topic'], {
      env: { ...world.env, ...fault, CODEARTS_HOOKS_CHECKPOINT_LOG: log },
    });
    await untilNoProcess(world);
    const two = await world.commit('two');
    await world.git(['push', '--quiet', 'origin', 'main']);
    await untilNoProcess(world);
    await pacedFlush(world, world.env);

    const requests = world.sandbox.requests().filter(({ build }) => build !== null);
    for (const { id } of [JOB, SECOND_JOB]) {
      const built = requests
        .filter(({ path }) => path.includes(id))
        .map(({ body }) => body as { ref: string; after: string })
        .map(({ ref, after }) => `${ref} ${after}`);
      expect(built.toSorted()).toEqual(
        [`refs/heads/main ${one}`, `refs/heads/main ${two}`, `refs/heads/topic ${one}`].toSorted(),
      );
      expect(built.filter((line) => line.startsWith('refs/heads/main'))).toEqual([
        `refs/heads/main ${one}`,
        `refs/heads/main ${two}`,
      ]);
    }
    await check(world);
    return await readFile(log, 'utf8').then(
      (text) => text.trim(),
      () => null,
    );
  } finally {
    await world.close();
    await rm(world.root, { recursive: true, force: true });
  }
}
