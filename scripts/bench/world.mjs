import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeRepository } from './repository.mjs';
import { run } from './run.mjs';
import { startService } from './service.mjs';

/** @typedef {import('./repository.mjs').Repository} Repository */

/**
 * All that is made for one run of the benchmark, in temporary folders.
 *
 * @typedef {object} World
 * @property {string} root
 * @property {string} cli the command line, of a copy of the package: a build meanwhile changes nothing
 * @property {Readonly<Record<string, string>>} env of all that is measured
 * @property {import('./service.mjs').Service} service
 * @property {(how?: {inMemory: boolean, env?: Readonly<Record<string, string>>}) => Promise<Repository>} repository
 *   makes one, on the disk or, if there is such a thing here, in memory
 * @property {(repository: Repository) => Promise<void>} install puts codearts-hooks in
 * @property {() => Promise<void>} close leaves neither files nor processes
 */

/**
 * Makes a world. It is on the disk that the project is on: /tmp may be in memory, where an fsync costs nothing.
 *
 * @returns {Promise<World>}
 */
export async function makeWorld() {
  const cache = resolve('.cache');
  await mkdir(cache, { recursive: true });
  const root = await mkdtemp(join(cache, 'bench-'));
  const memory = await mkdtemp('/dev/shm/codearts-hooks-bench-').catch(() => root);
  const service = await startService();
  const env = cleanEnv([root, memory], service.url);
  const copy = join(root, 'package');
  await mkdir(join(root, 'home'));
  for (const part of ['dist', 'hooks', 'package.json']) await cp(part, join(copy, part), { recursive: true });
  const cli = join(copy, 'dist', 'cli.cjs');
  /** @type {Repository[]} */
  const made = [];
  return {
    root,
    cli,
    env,
    service,
    repository: async ({ inMemory, env: own = env } = { inMemory: false }) => {
      const repository = await makeRepository(join(inMemory ? memory : root, String(made.length)), own);
      made.push(repository);
      return repository;
    },
    install: async ({ dir }) => {
      await run(process.execPath, [cli, 'install', '--yes'], { cwd: dir, env });
    },
    close: async () => {
      service.release();
      for (const repository of made) await repository.settled().catch(() => undefined);
      await service.close();
      for (const folder of [root, memory]) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/**
 * Nothing of the developer's: neither git's configuration nor a NODE_EXTRA_CA_CERTS, which is common where TLS is
 * inspected and makes every start of node 20 take 75 ms more (toolchain.md, 7). That is as much as half of what we
 * measure, and none of our doing.
 *
 * @param {readonly [string, string]} roots
 * @param {string} endpoint
 * @returns {Record<string, string>}
 */
function cleanEnv(roots, endpoint) {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    HOME: join(roots[0], 'home'),
    TZ: 'UTC',
    // We are inside a repository, the project's own: no git command may ever take that for its own.
    GIT_CEILING_DIRECTORIES: roots.join(':'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Dev',
    GIT_AUTHOR_EMAIL: 'dev@example.com',
    GIT_COMMITTER_NAME: 'Dev',
    GIT_COMMITTER_EMAIL: 'dev@example.com',
    CODEARTS_HOOKS_ENDPOINT: endpoint,
    CODEARTS_HOOKS_TOKEN: 'token-of-the-benchmark',
  };
}
