import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type World, test } from '../fixtures/world.ts';
import { settledHistory } from './history.ts';

/** An approval is kept in the home; where there is none, it is given for the run. */
async function pushWith(
  world: World,
  env: Record<string, string | undefined>,
  branch: string,
): Promise<void> {
  const whole = { ...world.env, CODEARTS_HOOKS_TRUST: '1', ...env };
  const defined = Object.entries(whole).filter((entry): entry is [string, string] => entry[1] !== undefined);
  await world.git(['push', '--quiet', 'origin', `main:${branch}`], { env: Object.fromEntries(defined) });
  await world.settled();
}

test('row 7: whatever HOME is, the push is delivered, and none is waited for', async ({ world }) => {
  const loose = join(world.root, 'loose');
  await mkdir(loose);
  await chmod(loose, 0o777);
  const locked = join(world.root, 'locked');
  await mkdir(locked, { mode: 0o555 });
  const homes = { none: undefined, nowhere: '/nonexistent', proc: '/proc', relative: 'x', loose, locked };

  for (const [name, HOME] of Object.entries(homes)) await pushWith(world, { HOME }, name);

  const rows = await settledHistory(world);
  expect(rows.map(({ ref, state }) => [ref, state])).toEqual(
    Object.keys(homes).map((name) => [`refs/heads/${name}`, 'delivered']),
  );
});

test('row 8: what a terminal, an editor or git has set in the environment is not ours', async ({ world }) => {
  const after = await world.commit('one');
  const touched = join(world.root, 'touched');
  const trap = join(world.root, 'trap');
  await writeFile(trap, `#!/bin/sh\necho >>'${touched}'\n`, { mode: 0o755 });
  const odd = {
    GIT_ASKPASS: trap,
    SSH_ASKPASS: trap,
    GIT_EDITOR: trap,
    GIT_PAGER: trap,
    PAGER: trap,
    GIT_EXTERNAL_DIFF: trap,
    GIT_INDEX_FILE: join(world.root, 'index'),
    GIT_NAMESPACE: '',
    GIT_TRACE: '0',
  };

  await world.git(
    [
      '-c',
      'core.fsmonitor=true',
      '-c',
      'diff.external=/nowhere',
      '--git-dir',
      join(world.dir, '.git'),
      '--work-tree',
      world.dir,
      'push',
      '--quiet',
      'origin',
      'main',
    ],
    { env: { ...world.env, ...odd } },
  );

  expect(await settledHistory(world)).toMatchObject([{ state: 'delivered', after }]);
  await expect(chmod(touched, 0o600)).rejects.toMatchObject({ code: 'ENOENT' });
});
