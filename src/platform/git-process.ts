import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

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

/** Bytes of output at most, where nothing else is said. */
export const OUTPUT_LIMIT: number = 64 * 1024 * 1024;

/** Reads a stream to its end, `limit` bytes at most; then `overflow` is called, and what comes is dropped. */
export function collect(
  stream: NodeJS.ReadableStream | null,
  limit: number,
  overflow: () => void,
): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  stream?.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else overflow();
  });
  return () => Buffer.concat(chunks);
}
