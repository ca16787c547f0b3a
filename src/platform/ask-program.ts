import type { Env } from './effects.ts';
import { SYSTEM } from './system.ts';

/** What a program answered: its exit code and standard output; or why it gave no answer. */
export type Answer =
  | { readonly kind: 'answer'; readonly exitCode: number; readonly stdout: string }
  | { readonly kind: 'none'; readonly why: 'not-started' | 'late' | 'too-long' | 'killed' };

const OUTPUT_LIMIT = 64 * 1024;
/** How long, after its end, what it has started may still write to its output. */
const REST_MS = 500;

/**
 * Runs a program for its answer: a list of arguments and no shell, nobody to ask, standard error thrown away, as
 * it may quote secrets. After `timeoutMs` it is ended with all that it has started; when it has ended itself, what
 * still holds its output is ended a moment later. Does not throw.
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
  const end = (): void => {
    endGroup(child.pid);
    // What has been written by now is read before.
    setImmediate(() => child.stdout.destroy());
  };
  let limit = setTimeout(() => {
    isLate = true;
    end();
  }, options.timeoutMs);
  child.once('exit', () => {
    clearTimeout(limit);
    limit = setTimeout(end, REST_MS);
  });
  const { isMaxBuffer, exitCode, signal, stdout } = await child;
  clearTimeout(limit);
  // Too much of an answer ends it too, but not what it has started.
  if (isMaxBuffer) endGroup(child.pid);
  const none = (why: Exclude<Answer, { kind: 'answer' }>['why']): Answer => ({ kind: 'none', why });
  if (isMaxBuffer) return none('too-long');
  if (isLate) return none('late');
  if (exitCode === undefined) return none(signal === undefined ? 'not-started' : 'killed');
  return { kind: 'answer', exitCode, stdout };
}

function endGroup(pid: number | undefined): void {
  if (pid !== undefined) SYSTEM.endGroup(pid);
}
