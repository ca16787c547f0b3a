import { constants } from 'node:os';
import type { Env } from './effects.ts';

/** How a program of the user's, or a background run of ours, is started. */
export interface SpawnOptions {
  readonly cwd: string;
  readonly env: Env;
  readonly stdin?: string;
  readonly timeoutMs?: number;
}

/** What a program came to: its exit code (null: it could not be started, or was ended), and what it printed. */
export interface SpawnResult {
  readonly exitCode: number | null;
  readonly output: string;
}

const OUTPUT_LIMIT = 64 * 1024;

/** Runs a program with a list of arguments, no shell, and waits for it. Does not throw. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<SpawnResult> {
  const { execa } = await import('execa');
  const result = await execa(file, args, {
    cwd: options.cwd,
    env: defined(options.env),
    extendEnv: false,
    reject: false,
    all: true,
    input: options.stdin ?? '',
    maxBuffer: OUTPUT_LIMIT,
    ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
  });
  const why = result.exitCode === undefined ? `\n${result.shortMessage ?? 'not started'}` : '';
  return { exitCode: result.exitCode ?? null, output: `${result.all}${why}` };
}

/** Starts a program that goes on by itself, in a session of its own, without any of our descriptors. */
export async function startDetached(
  file: string,
  args: readonly string[],
  options: SpawnOptions,
): Promise<void> {
  const { execa } = await import('execa');
  const child = execa(file, args, {
    cwd: options.cwd,
    env: defined(options.env),
    extendEnv: false,
    detached: true,
    cleanup: false,
    reject: false,
    stdio: 'ignore',
  });
  child.unref();
  await new Promise<void>((resolve) => {
    child.once('spawn', resolve);
    child.once('error', () => resolve()); // what waits stays in the spool for the next run
  });
}

function defined(env: Env): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) result[name] = value;
  return result;
}

/**
 * Runs a program in the foreground, on our own terminal, and waits for it.
 *
 * @returns its process id, and its exit code: 128 and the signal's number when a signal ended it, as shells have it
 */
export async function runForeground(
  file: string,
  args: readonly string[],
  { cwd, env }: Pick<SpawnOptions, 'cwd' | 'env'>,
): Promise<{ readonly pid: number | null; readonly exitCode: number }> {
  const { execa } = await import('execa');
  const running = execa(file, args, {
    cwd,
    env: defined(env),
    extendEnv: false,
    reject: false,
    stdio: 'inherit',
  });
  const pid = running.pid ?? null;
  const { exitCode, signal } = await running;
  return { pid, exitCode: exitCode ?? (signal === undefined ? 127 : 128 + (constants.signals[signal] ?? 0)) };
}

/** Runs a program on our own standard input, output and error, and waits for it. */
export async function runAttached(file: string, args: readonly string[], env: Env): Promise<void> {
  const { execa } = await import('execa');
  await execa(file, args, { env: defined(env), extendEnv: false, reject: false, stdio: 'inherit' });
}
