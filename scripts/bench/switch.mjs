import { cp, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

/** All that an install changes in the git dir. */
const ENTRIES = ['hooks', 'config', 'codearts-hooks'];

/**
 * Installs codearts-hooks so that it can be taken out and put in again in no time. Both sides are then measured in
 * one repository: of two that look the same one may lie on the disk where it fetches at a fifth of the speed (seen).
 *
 * Not for pushes: those that we do not see would be found by the sweep of the next one that we do.
 *
 * @param {import('./world.mjs').World} world
 * @param {import('./repository.mjs').Repository} repository
 * @returns {Promise<(side: 'without' | 'with') => Promise<void>>} switches
 */
export async function installSwitch(world, repository) {
  const gitDir = join(repository.dir, '.git');
  /** @param {string} side */
  const away = (side) => join(gitDir, `bench-${side}`);
  await mkdir(away('without'));
  await mkdir(away('with'));
  await cp(join(gitDir, 'hooks'), join(away('without'), 'hooks'), { recursive: true });
  await cp(join(gitDir, 'config'), join(away('without'), 'config'));
  await world.install(repository);
  /** @type {'without' | 'with'} */
  let current = 'with';
  return async (side) => {
    if (side === current) return;
    for (const entry of ENTRIES) {
      await moveIfThere(join(gitDir, entry), join(away(current), entry));
      await moveIfThere(join(away(side), entry), join(gitDir, entry));
    }
    current = side;
  };
}

/**
 * @param {string} from
 * @param {string} to
 */
async function moveIfThere(from, to) {
  await rename(from, to).catch((/** @type {NodeJS.ErrnoException} */ error) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
