import { join } from 'node:path';
import { cp, rename } from 'node:fs/promises';
import { expect } from 'vitest';
import { lacks } from '../../fixtures/unavailable.ts';
import { run, until } from '../../fixtures/run.ts';
import { JOB, type World, makeWorld, test } from '../../fixtures/world.ts';

const isImpossible = lacks('mounts');
const TAGS = { jobs: [{ ...JOB, branches: ['**'], tags: ['**'] }] };

/** A world whose `.git` is on a small file system of its own; `mount` runs with the options of mount(8). */
async function mountedWorld(): Promise<
  World & { close: () => Promise<void>; mount: (...args: string[]) => Promise<void> }
> {
  const world = await makeWorld(TAGS);
  const gitDir = join(world.dir, '.git');
  const sh = { cwd: world.root, env: world.env };
  await world.commit('one');
  await rename(gitDir, `${gitDir}.kept`);
  await run('mkdir', [gitDir], sh);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'none', gitDir], sh);
  await cp(`${gitDir}.kept`, gitDir, { recursive: true });
  return {
    ...world,
    mount: async (...args) => {
      await run('mount', [...args, gitDir], sh);
    },
    close: async () => {
      await run('umount', ['--lazy', gitDir], { ...sh, mayFail: true });
      await rename(`${gitDir}.kept`, `${gitDir}.old`);
      await world.close();
    },
  };
}

test.skipIf(isImpossible)(
  'on a full disk a push ends as git decides, and is kept elsewhere and delivered',
  async () => {
    const world = await mountedWorld();
    try {
      await world.git(['tag', 'v1']);
      const after = (await world.git(['rev-parse', 'v1'])).stdout.trim();
      await run('dd', ['if=/dev/zero', `of=${join(world.dir, '.git', 'fill')}`], {
        cwd: world.root,
        env: world.env,
        mayFail: true,
      });

      const pushed = await world.git(['push', 'origin', 'v1']);
      await until('the build', async () => world.triggers().length > 0);

      expect(pushed.exitCode).toBe(0);
      expect(pushed.stderr).toMatch(/^To .*\n \* \[new tag\] +v1 -> v1\n$/);
      expect(world.triggers()).toMatchObject([{ ref: 'refs/tags/v1', after }]);
    } finally {
      await world.close();
    }
  },
);

test.skipIf(isImpossible)(
  'a push from a read-only .git is kept elsewhere, and delivered by the next run',
  async () => {
    const world = await mountedWorld();
    try {
      const { CODEARTS_HOOKS_TOKEN: _token, ...env } = world.env;
      await world.git(['tag', 'v1']);
      await world.mount('-o', 'remount,ro');

      const pushed = await world.git(['push', 'origin', 'v1'], { env });
      const held = await until('the push to be kept', async () => {
        const rows = JSON.parse((await world.cli(['history', '--json'])).stdout) as { state: string }[];
        return rows.some(({ state }) => state === 'held') && rows;
      });
      await world.mount('-o', 'remount,rw');
      const flushed = await world.cli(['flush']);

      expect(pushed.exitCode).toBe(0);
      expect(held).toMatchObject([{ ref: 'refs/tags/v1', state: 'held' }]);
      expect(flushed.exitCode).toBe(0);
      expect(world.triggers()).toMatchObject([{ ref: 'refs/tags/v1' }]);
    } finally {
      await world.close();
    }
  },
);
