import { gitEnv } from './git-env.ts';
import type { Env } from './effects.ts';
import { runToEnd, startProcess } from './git-process.ts';

/** What a run of git came to. Decisions are taken on the exit code. */
export interface GitResult {
  readonly exitCode: number;
  /** What is no UTF-8 as `decodeBytes` has it: names of refs may be any bytes. */
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run one git command. */
export interface GitOptions {
  readonly stdin?: string;
  /** Milliseconds, default a minute. */
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Bytes of output at most, default 64 MiB. */
  readonly limit?: number;
  /** Of a stream that was read to its end: told the exit code, -1 when the time was up. */
  readonly onExit?: (exitCode: number) => void;
}

/** git in one repository. Arguments are a list: nothing is ever read by a shell. */
export interface Git {
  /** The repository's `--git-dir`, absolute. */
  readonly gitDir: string;
  run(args: readonly string[], options?: GitOptions): Promise<GitResult>;
  /** Standard output in pieces as it comes; ends git when the reader stops. */
  stream(args: readonly string[], options?: GitOptions): AsyncIterable<Buffer>;
}

const MINUTE = 60_000;

/**
 * git for the repository `gitDir`, run in `cwd` (relative URLs of remotes are read from there).
 *
 * Not by simple-git: with `GIT_DIR` set, as in every hook, its environment guard makes it answer for another
 * repository (toolchain.md section 3).
 */
export function openGit(gitDir: string, cwd: string, env: Env): Git {
  const prefix = ['--git-dir', gitDir, '-c', 'core.fsmonitor=false', '-c', 'log.showSignature=false'];
  const clean = gitEnv(env);
  const start = (args: readonly string[], { env: more, stdin }: GitOptions, stderr: 'pipe' | 'ignore') =>
    startProcess('git', [...prefix, ...args], {
      cwd,
      env: { ...clean, ...more },
      stderr,
      ...(stdin === undefined ? {} : { stdin }),
    });
  return {
    gitDir,
    async run(args, options = {}) {
      const { timeoutMs = MINUTE, limit } = options;
      const { problem, ...result } = await runToEnd(start(args, options, 'pipe'), { timeoutMs, limit });
      return { ...result, stderr: problem || result.stderr };
    },
    async *stream(args, options = {}) {
      const { child, ended } = start(args, options, 'ignore');
      const limit = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs ?? MINUTE);
      try {
        for await (const chunk of child.stdout ?? []) yield chunk as Buffer;
        options.onExit?.(await ended);
      } finally {
        clearTimeout(limit);
        child.kill();
        child.stdout?.destroy();
        await ended;
      }
    },
  };
}

/** The `--git-dir` of the repository that a folder is in, absolute; null: it is in none, or there is no git. */
export async function findGitDir(folder: string, env: Env): Promise<string | null> {
  const options = { cwd: folder, env: gitEnv(env), stderr: 'ignore' } as const;
  const asked = startProcess('git', ['rev-parse', '--absolute-git-dir'], options);
  const { exitCode, stdout } = await runToEnd(asked, { timeoutMs: null });
  return exitCode === 0 ? stdout.replace(/\n$/, '') : null;
}

/**
 * The same git, kept from fetching what a partial clone lacks: all that a push needs is here, or was never meant to
 * be. git before 2.45 does not know GIT_NO_LAZY_FETCH; without a protocol there is nothing that it could fetch by.
 */
export function withoutFetching(git: Git): Git {
  const local = (options: GitOptions = {}): GitOptions => ({
    ...options,
    env: { ...options.env, GIT_ALLOW_PROTOCOL: '' },
  });
  return {
    gitDir: git.gitDir,
    run: (args, options) => git.run(args, local(options)),
    stream: (args, options) => git.stream(args, local(options)),
  };
}
