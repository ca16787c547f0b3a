import type { Output } from './effects.ts';

/** A stream of this process as somewhere to write to. What cannot be written is told by `finish`, and ends nothing. */
export function outputTo(stream: NodeJS.WriteStream): Output {
  let failure: NodeJS.ErrnoException | null = null;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    failure ??= error;
  });
  // `| head` closes the pipe early: nothing is left to say, and it is no failure of ours.
  const isClosed = (): boolean => failure?.code === 'EPIPE';
  return {
    isTTY: stream.isTTY,
    get columns() {
      return stream.columns || 80;
    },
    get rows() {
      return stream.rows || 24;
    },
    get isClosed() {
      return isClosed();
    },
    write: (text) => {
      stream.write(text);
    },
    finish: async () => {
      // A failed write is told after the next one's turn has come.
      await new Promise<void>((resolve) => {
        stream.write('', () => resolve());
      });
      if (failure !== null && !isClosed()) throw failure;
    },
  };
}
