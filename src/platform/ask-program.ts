import type { Env } from './effects.ts';
import { SYSTEM } from './system.ts';

/** What a program answered: its exit code (null: it could not be started, or took too long) and standard output. */
export interface Answer {
  readonly exitCode: number | null;
  readonly stdout: string;
}

const OUTPUT_LIMIT = 64 * 1024;

/**
 * Runs a program for its answer: a list of arguments and no shell, nobody to ask, standard error thrown away, as
 * it may quote secrets. After `timeoutMs` it is ended with all that it has started. Does not throw.
 */
export async function askProgram(
  file: string,
  args: readonly string[],
  options: {
    readonly env: Env;
    readonly cwd: string;
    readonly timeoutMs: number;
    readonly stdin?: string;
  },
): Promise<Answer> {
  const { execa } = await import('execa');
  const child = execa(file, args, {
    cwd: options.cwd,
    env: Object.fromEntries(Object.entries(options.env).filter(([, value]) => value !== undefined)) as Record<
      string,
      string
    >,
    extendEnv: false,
    // A group, and a session, of its own: without a terminal to ask on, and to be ended as a whole.
    detached: true,
    reject: false,
    stripFinalNewline: false,
    stderr: 'ignore',
    input: options.stdin ?? '',
    maxBuffer: OUTPUT_LIMIT,
  });
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    endGroup(child.pid);
    child.stdout.destroy();
  }, options.timeoutMs);
  const result = await child;
  clearTimeout(limit);
  // Too much of an answer ends it too, but not what it has started.
  if (result.isMaxBuffer) endGroup(child.pid);
  const isCut = isLate || result.isMaxBuffer;
  return { exitCode: isCut ? null : (result.exitCode ?? null), stdout: isCut ? '' : result.stdout };
}

function endGroup(pid: number | undefined): void {
  if (pid !== undefined) SYSTEM.endGroup(pid);
}
