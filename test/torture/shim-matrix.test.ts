import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pacedFlush, untilNoProcess, usePacedRunner } from '../fixtures/paced-runner.ts';
import { makeWorld } from '../fixtures/world.ts';
import { trials } from './tiers.ts';

const SHIMS = ['pre-push', 'note', 'lines', 'watch', 'start'] as const;

/** A shim that is killed just before its line `at`; null where no command can stand there. */
function killedBefore(text: string, at: number): string | null {
  const lines = text.split('\n');
  const changed = [...lines.slice(0, at), 'kill -9 $$', ...lines.slice(at)].join('\n');
  return spawnSync('sh', ['-n'], { input: changed }).status === 0 ? changed : null;
}

/**
 * Pushes with a shim that dies there, then once more with the real one, and asks the service.
 *
 * @returns what became of the first push
 */
async function pushPast(shim: (typeof SHIMS)[number], at: number): Promise<string | null> {
  const text = await readFile(join('hooks', shim), 'utf8');
  if (at >= text.split('\n').length) return null;
  const changed = killedBefore(text, at);
  if (changed === null) return 'no place for it';
  const world = await makeWorld();
  try {
    await usePacedRunner(world);
    const state = join(world.dir, '.git', 'codearts-hooks');
    const path = shim === 'pre-push' ? join(world.dir, '.git', 'hooks', shim) : join(state, shim);
    await writeFile(path, changed);
    await chmod(path, 0o755);
    const one = await world.commit('one');
    const { exitCode } = await world.git(['push', '--quiet', 'origin', 'main'], { mayFail: true });
    await untilNoProcess(world);
    const isAccepted = (await world.remoteRefs())['refs/heads/main'] === one;
    await writeFile(path, text);
    const two = await world.commit('two');
    await world.git(['push', '--quiet', 'origin', 'main']);
    await untilNoProcess(world);
    await pacedFlush(world, world.env);

    expect(world.triggers().map(({ after }) => after)).toEqual(isAccepted ? [one, two] : [two]);
    expect(isAccepted).toBe(exitCode === 0);
    return isAccepted ? 'pushed' : 'killed with its push';
  } finally {
    await world.close();
    await rm(world.root, { recursive: true, force: true });
  }
}

test.each(SHIMS)(
  'of a push whose shim is killed before any line of hooks/%s nothing is lost, and nothing is made up',
  async (shim) => {
    const found = await trials(13, async (n) => await pushPast(shim, n));

    const count = (what: string) => found.filter((each) => each === what).length;
    process.stdout.write(
      `${shim}: pushed ${count('pushed')}, killed with its push ${count('killed with its push')}\n`,
    );
    expect(found.length).toBeGreaterThan(0);
  },
  30 * 60_000,
);
