import type { Clock, Effects, Env, Output } from './effects.ts';
import { outputTo } from './output.ts';
import { ENDING_SIGNALS } from './signals.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
};

/** The environment of this process. */
export function processEnv(): Env {
  return process.env;
}

/** The real effects of this process. */
export function nodeEffects(): Effects {
  let stdout: Output | null = null;
  let stderr: Output | null = null;
  return {
    env: processEnv(),
    cwd: process.cwd(),
    clock: systemClock,
    random: () => Math.random(),
    // Each is opened when it is asked for: that takes milliseconds, and the runner says nothing.
    get stdout() {
      stdout ??= outputTo(process.stdout);
      return stdout;
    },
    get stderr() {
      stderr ??= outputTo(process.stderr);
      return stderr;
    },
    get isInteractive() {
      return process.stdin.isTTY && process.stdout.isTTY;
    },
  };
}

/** The arguments after `node script`. */
export function commandLine(): string[] {
  return process.argv.slice(2);
}

/** Sets what this process will exit with, once nothing is left to do. */
export function setExitCode(code: number): void {
  process.exitCode = code;
}

/** The node that runs this, for the shims to find again. */
export function nodePath(): string {
  return process.execPath;
}

/** Everything on standard input, up to `limit` bytes. */
export async function readStdin(limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > limit) throw new RangeError(`more than ${limit} bytes on standard input`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Ignores a closed terminal and Ctrl-C: what was pushed is to be delivered. Node resets the signals that
 * the shell ignored, so it has to be done here too.
 */
export function outliveTerminal(): void {
  for (const signal of ENDING_SIGNALS) process.on(signal, () => undefined);
}

/** Ends this process after `ms`, whatever it is doing: a background process must not stay for ever. */
export function limitLifetime(ms: number): void {
  setTimeout(() => process.exit(1), ms).unref();
}

/**
 * Leaves Ctrl-C to a program in the foreground: it ends, and this process goes on. Gives what takes that back.
 *
 * Not `once`: a library that finds no listener left but its own ends this process.
 */
export function leaveInterrupts(): () => void {
  const ignore = (): undefined => undefined;
  process.on('SIGINT', ignore);
  return () => process.off('SIGINT', ignore);
}

/**
 * Ends this process soon, with the code that has been set by then, though a request may still be under way: nobody
 * waits for its answer any more.
 */
export function endSoon(): void {
  setTimeout(() => process.exit(), 50).unref();
}

/** Resolves when the user wants this process to end. */
export async function interrupted(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ENDING_SIGNALS) process.once(signal, () => resolve());
  });
}
