import { appendFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { importCommits } from './history.mjs';

/** @typedef {import('./repository.mjs').Repository} Repository */

/**
 * A git command that has nothing to do with a push, so that we may not make it slower at all.
 *
 * @typedef {object} Command
 * @property {string} name
 * @property {(repository: Repository) => Promise<unknown>} prepare once
 * @property {(repository: Repository, run: number) => Promise<unknown>} reset before each run; runs are
 *   numbered
 * @property {(run: number) => readonly string[]} args of git
 */

/**
 * The commands; those of many refs or commits in the sizes given.
 *
 * @param {{refs: number, commits: number}} sizes
 * @returns {Command[]}
 */
export function commands({ refs, commits }) {
  return [
    {
      name: 'commit',
      prepare: nothing,
      reset: async ({ dir, git }, run) => {
        await appendFile(join(dir, 'file'), `${run}\n`);
        await git(['add', '.']);
      },
      args: () => ['commit', '--quiet', '--message', 'change'],
    },
    {
      name: 'fetch',
      prepare: async ({ git }) => {
        const tip = await git(['rev-parse', 'HEAD']);
        const creations = Array.from({ length: refs }, (_, index) => `create refs/heads/b${index} ${tip}\n`);
        await git(['clone', '--quiet', '--bare', '../remote.git', '../many.git']);
        await git(['--git-dir', '../many.git', 'update-ref', '--stdin'], creations.join(''));
        await git(['--git-dir', '../many.git', 'pack-refs', '--all']);
        await git(['remote', 'add', 'many', '../many.git']);
      },
      // As files: git takes longer to forget refs than to fetch them. The folders stay: on a disk, new ones may lie
      // where making a file takes many times as long.
      reset: async ({ dir }) => {
        for (const part of ['refs', 'logs/refs']) await empty(join(dir, '.git', part, 'remotes', 'many'));
      },
      args: () => ['fetch', '--quiet', 'many'],
    },
    {
      name: 'rebase',
      prepare: async (repository) => {
        const { git } = repository;
        await git(['branch', 'before']);
        await importCommits(repository, { branch: 'topic', from: 'before', count: commits, hasFiles: true });
        await git(['commit', '--quiet', '--allow-empty', '--message', 'upstream']);
      },
      reset: async ({ git }) => await git(['checkout', '--quiet', '-B', 'rebased', 'topic']),
      args: () => ['rebase', '--quiet', 'main'],
    },
    {
      name: 'checkout',
      prepare: async (repository) => {
        await importCommits(repository, { branch: 'other', from: 'main', count: 20, hasFiles: true });
      },
      reset: nothing,
      args: (run) => ['checkout', '--quiet', run % 2 === 0 ? 'other' : 'main'],
    },
    {
      name: 'stash',
      prepare: nothing,
      reset: async ({ dir, git }) => {
        await git(['stash', 'clear']);
        await appendFile(join(dir, 'codearts-hooks.json'), '\n');
      },
      args: () => ['stash', 'push', '--quiet'],
    },
    { name: 'status', prepare: nothing, reset: nothing, args: () => ['status', '--porcelain'] },
  ];
}

async function nothing() {}

/** @param {string} folder */
async function empty(folder) {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(names.map((name) => rm(join(folder, name))));
}
