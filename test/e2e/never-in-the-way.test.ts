import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { test } from '../fixtures/world.ts';

for (const mode of ['off', 'armed'] as const) {
  test(`commits right after each push never fail (reference-transaction ${mode})`, async ({ world }) => {
    if (mode === 'armed') await writeFile(join(world.dir, '.git', 'codearts-hooks', 'arm'), '');
    const failures: string[] = [];

    for (let push = 0; push < 12; push += 1) {
      await world.git(['push', '--quiet', 'origin', 'main']);
      for (let commit = 0; commit < 8; commit += 1) {
        const args = ['commit', '--quiet', '--allow-empty', '--message', 'at once'];
        const { exitCode, stderr } = await world.git(args, { mayFail: true });
        if (exitCode !== 0) failures.push(stderr);
      }
    }
    await world.settled();

    expect(failures).toEqual([]);
    expect(world.triggers()).toHaveLength(11);
  });
}
