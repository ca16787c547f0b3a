import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { ExitCode } from '../core/exit-code.ts';
import { t } from '../core/translate.ts';
import { lastDeliverer } from '../delivery/lock-folder.ts';
import type { Clock, Env } from '../platform/effects.ts';
import { makeTemporaryFolder, rm, writeAtomic } from '../platform/files.ts';
import { nodePath } from '../platform/node.ts';
import { packageRoot } from '../platform/package-files.ts';
import { isRunning } from '../platform/processes.ts';
import { runProgram } from '../platform/spawn.ts';
import { createSandbox } from '../sandbox/sandbox.ts';
import type { CommandContext, Run } from './define.ts';
import { screenJson } from '../ui/screen-json.ts';

const PATIENCE_MS = 20_000;
/** What the user is talked to in, inside the demo as well. */
const LOCALE = ['CODEARTS_HOOKS_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG'];
const JOB = 'f9d6c8466d614a9788e9a0acf6c15f46';

/** `demo`: everything for real, but the service: throwaway repositories, our sandbox, `git push`, the build. */
export const demo: Run = async (_args, _options, context) => {
  const root = await makeTemporaryFolder('codearts-hooks-demo-');
  const server = await createSandbox();
  const { clock } = context.effects;
  try {
    const env = demoEnv(root, context.effects.env, { endpoint: server.url, token: server.token });
    const repository = join(root, 'shop');
    const type = terminal(repository, env, context);
    context.print(
      `${t`a throwaway repository with a bare remote, and CodeArts Build played by ${server.url}`}\n\n`,
    );
    await prepare(root, env);
    await type('codearts-hooks install --yes');
    await type('git push -u origin main');
    const request = await waitFor(t`a request`, async () => server.requests()[0] ?? null, clock);
    context.print(`${context.paint('bold', t`CodeArts Build received, after git push had ended:`)}\n`);
    context.print(`${request.method} ${request.path}\n${screenJson(request.body)}\n\n`);
    // Nothing may be left behind: the runner must have ended before its repository is removed.
    await waitFor(t`the end of the runner`, () => endedRunner(repository), clock);
    await type('codearts-hooks history');
    if (!request.build) throw failed(t`the request was answered with ${request.outcome}`);
    const mark = context.paint('green', '✓');
    const { number, dailyNumber } = request.build;
    context.print(`${mark} ${t`git push started build #${number} (${dailyNumber})`}\n`);
    return ExitCode.Ok;
  } finally {
    await server.close();
    await rm(root, { recursive: true, force: true });
  }
};

/** Nothing of the user's: a home of its own, git without configuration. */
function demoEnv(
  root: string,
  env: Env,
  target: { endpoint: string; token: string },
): Record<string, string> {
  return {
    ...Object.fromEntries(LOCALE.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
    PATH: env['PATH'] ?? '/usr/bin:/bin',
    HOME: join(root, 'home'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'Dev',
    GIT_AUTHOR_EMAIL: 'dev@example.com',
    GIT_COMMITTER_NAME: 'Dev',
    GIT_COMMITTER_EMAIL: 'dev@example.com',
    CODEARTS_HOOKS_ENDPOINT: target.endpoint,
    CODEARTS_HOOKS_TOKEN: target.token,
  };
}

async function prepare(root: string, env: Env): Promise<void> {
  const { simpleGit } = await import('simple-git');
  const config = { region: 'cn-north-4', jobs: [{ name: 'shop-ci', id: JOB, branches: ['main'] }] };
  const repository = join(root, 'shop');
  const options = { allowEnvironment: Object.keys(env), unsafe: { allowUnsafeConfigPaths: true } };
  const at = (baseDir: string) => simpleGit({ ...options, baseDir }).env(env);
  try {
    await at(root).raw(['init', '--quiet', '--bare', 'shop.git']);
    await at(root).raw(['init', '--quiet', '--initial-branch=main', 'shop']);
    await writeAtomic(join(repository, 'codearts-hooks.json'), `${JSON.stringify(config, null, 2)}\n`);
    await at(repository).addRemote('origin', '../shop.git').add('.').commit('Start the shop');
  } catch (error) {
    throw failed(
      t`the repository could not be made: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Runs a command line of plain words as if it were typed, and shows what it prints. */
function terminal(cwd: string, env: Env, { print, paint }: CommandContext): (words: string) => Promise<void> {
  return async (words) => {
    print(`${paint('dim', '$')} ${paint('bold', words)}\n`);
    const [program = '', ...args] = words.split(' ');
    const own = [join(packageRoot(), 'dist', 'cli.cjs'), ...args];
    const isOwn = program === 'codearts-hooks';
    const { exitCode, output } = await runProgram(isOwn ? nodePath() : program, isOwn ? own : args, {
      cwd,
      env,
    });
    print(`${output.trimEnd()}\n\n`);
    if (exitCode !== 0) throw failed(t`${words} ended with ${String(exitCode)}`);
  };
}

async function endedRunner(repository: string): Promise<true | null> {
  const owner = await lastDeliverer({ root: join(repository, '.git', 'codearts-hooks') });
  return owner !== null && !isRunning(owner) ? true : null;
}

async function waitFor<T>(what: string, look: () => Promise<T | null>, clock: Clock): Promise<T> {
  const deadline = clock.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (clock.now() > deadline) throw failed(t`${what} did not come`);
    await clock.sleep(20);
  }
}

function failed(message: string): UserError {
  return new UserError('demo-failed', message, { hint: t`run again with --verbose and report it` });
}
