import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { run } from './run.mjs';

/** @typedef {import('./repository.mjs').Repository} Repository */

/**
 * Another way to have a push do something. Where it is a hook manager, what it runs is the call that starts a build,
 * as people write it: curl in pre-push.
 *
 * @typedef {object} Peer
 * @property {string} name
 * @property {string | null} needs a program that must be there; null: none
 * @property {(repository: Repository, call: string, env: Readonly<Record<string, string>>) => Promise<void>} install
 */

const BIN = resolve('.cache/managers/hooks/node_modules/.bin');

/** With the programs of `scripts/fetch-managers` to be found. */
export function withManagers(/** @type {Readonly<Record<string, string>>} */ env) {
  return { ...env, PATH: `${BIN}${delimiter}${env['PATH'] ?? ''}` };
}

/** Where a program is that `scripts/fetch-managers` fetches, or Debian has; null: it is not here. */
export function placeOf(/** @type {string} */ program) {
  const folders = [BIN, ...(process.env['PATH'] ?? '').split(delimiter)];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

/** @type {(repository: Repository, name: string, lines: readonly string[]) => Promise<void>} */
const hook = async ({ dir }, name, lines) => {
  await writeFile(join(dir, '.git', 'hooks', name), `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });
};

/** @type {readonly Peer[]} */
export const PEERS = [
  {
    name: 'curl in pre-push',
    needs: 'curl',
    install: async (repository, call) => await hook(repository, 'pre-push', [call]),
  },
  {
    name: 'husky, curl',
    needs: 'husky',
    install: async ({ dir }, call, env) => {
      await run('husky', [], { cwd: dir, env });
      await writeFile(join(dir, '.husky', 'pre-push'), `${call}\n`);
    },
  },
  {
    name: 'lefthook, curl',
    needs: 'lefthook',
    install: async ({ dir }, call, env) => {
      const job = { 'pre-push': { jobs: [{ name: 'build', run: call }] } };
      await writeFile(join(dir, 'lefthook.json'), JSON.stringify(job));
      await run('lefthook', ['install'], { cwd: dir, env });
    },
  },
  {
    name: 'simple-git-hooks, curl',
    needs: 'simple-git-hooks',
    install: async ({ dir }, call, env) => {
      const manifest = { private: true, 'simple-git-hooks': { 'pre-push': call } };
      await writeFile(join(dir, 'package.json'), JSON.stringify(manifest));
      await run('simple-git-hooks', [], { cwd: dir, env });
    },
  },
  {
    name: 'git-lfs',
    needs: 'git-lfs',
    install: async ({ git }) => {
      await git(['lfs', 'install', '--local']);
    },
  },
  {
    name: 'reference-transaction, always on',
    needs: null,
    install: async (repository) => {
      await mkdir(join(repository.dir, '.git', 'hooks'), { recursive: true });
      await hook(repository, 'reference-transaction', [
        'test "$1" = committed || exit 0',
        'cat >>.git/rt.log',
      ]);
    },
  },
];
