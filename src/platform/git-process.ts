import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { decodeBytes } from '../core/bytes.ts';

/** A process whose standard input has been given to it, and whose output is to be read. */
export interface Started {
  readonly child: ChildProcess;
  /** Settles when it has ended and its output is closed: its exit code; -1: it was killed, or could not be started. */
  readonly ended: Promise<number>;
  /** Why it could not be started; '' where it could. */
  readonly problem: () => string;
}

/** As node has them, and the two ends. */
export interface StartOptions extends SpawnOptions {
  readonly stdin?: string;
  readonly stderr?: 'pipe' | 'ignore';
}

/**
 * Starts a program with a list of arguments, no shell. By node itself, not by execa: that takes 8 ms to load and 5 ms a
 * process, a quarter of what there is between the end of a push and its request.
 */
export function startProcess(
  file: string,
  args: readonly string[],
  { stdin, stderr = 'pipe', ...options }: StartOptions,
): Started {
  const input = stdin === undefined ? 'ignore' : 'pipe';
  const child = spawn(file, args, { ...options, stdio: [input, 'pipe', stderr], windowsHide: true });
  let problem = '';
  const ended = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      problem = error.message;
      resolve(-1);
    });
    child.once('close', (code) => resolve(code ?? -1));
  });
  // Who has ended reads no more: that is told by its exit code.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin);
  return { child, ended, problem: () => problem };
}

/** What a process came to. */
export interface Finished {
  /** -1: it was killed, or could not be started. */
  readonly exitCode: number;
  /** What is no UTF-8 as `decodeBytes` has it. */
  readonly stdout: string;
  readonly stderr: string;
  /** Why it could not be started; '' where it could. */
  readonly problem: string;
}

const OUTPUT_LIMIT = 64 * 1024 * 1024;

/**
 * Waits for a process, and ends it when it prints too much or takes too long.
 *
 * @param bounds.timeoutMs milliseconds; null: as long as it takes
 * @param bounds.limit bytes on standard output at most, by default 64 MiB
 */
export async function runToEnd(
  { child, ended, problem }: Started,
  {
    timeoutMs,
    limit = OUTPUT_LIMIT,
  }: { readonly timeoutMs: number | null; readonly limit?: number | undefined },
): Promise<Finished> {
  let isCut = false;
  // Its own children too (ssh, a helper) may keep our pipes for ever.
  const giveUp = (): void => {
    isCut = true;
    child.kill('SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
  const timer = timeoutMs === null ? undefined : setTimeout(giveUp, timeoutMs);
  const stdout = collect(child.stdout, limit, giveUp);
  const stderr = collect(child.stderr, OUTPUT_LIMIT, giveUp);
  const exitCode = await ended;
  clearTimeout(timer);
  return {
    exitCode: isCut ? -1 : exitCode,
    stdout: decodeBytes(stdout()),
    stderr: decodeBytes(stderr()),
    problem: problem(),
  };
}

/** Reads a stream to its end, `limit` bytes at most; then `overflow` is called, and what comes is dropped. */
function collect(stream: NodeJS.ReadableStream | null, limit: number, overflow: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else overflow();
  });
  return () => Buffer.concat(chunks);
}
