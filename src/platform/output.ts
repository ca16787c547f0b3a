import { fstatSync, writeSync } from 'node:fs';
import { UserError } from '../core/errors.ts';
import { t } from '../core/translate.ts';
import type { Output } from './effects.ts';

/** What a write to anything but a file fails with when the reader has gone away; a closed terminal gives EIO. */
const GONE = ['EPIPE', 'ECONNRESET', 'EOF', 'EIO'];

type Stream = NodeJS.WriteStream & { readonly fd: number };

/** A stream of this process as somewhere to write to. What cannot be written is told by `finish`, and ends nothing. */
export function outputTo(stream: Stream): Output {
  let failure: NodeJS.ErrnoException | null = null;
  let isUsed = false;
  const failed = (error: NodeJS.ErrnoException): void => {
    failure ??= error;
  };
  stream.on('error', failed);
  const file = fileOf(stream);
  // `| head` closes the pipe early: nothing is left to say, and it is no failure of ours.
  const isClosed = (): boolean => file === null && GONE.includes(failure?.code ?? '');
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
      isUsed = true;
      if (file === null) stream.write(text);
      else if (failure === null) writeAll(file, text, failed);
    },
    finish: async () => {
      if (!isUsed) return;
      // A failed write is told after the next one's turn has come.
      if (file === null)
        await new Promise<void>((resolve) => {
          stream.write('', () => resolve());
        });
      if (failure !== null && !isClosed()) throw lost(failure);
    },
  };
}

/** The descriptor of a stream that goes to a file; null: it goes elsewhere. */
function fileOf({ fd, isTTY }: Stream): number | null {
  try {
    return !isTTY && fstatSync(fd).isFile() ? fd : null;
  } catch {
    return null; // it was closed before we began: a write tells that
  }
}

/** Writes all: node's own stream takes it for done when a disk that runs full has taken a part. */
function writeAll(fd: number, text: string, failed: (error: NodeJS.ErrnoException) => void): void {
  const bytes = Buffer.from(text);
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
  } catch (error) {
    failed(error as NodeJS.ErrnoException);
  }
}

function lost(cause: NodeJS.ErrnoException): UserError {
  return new UserError('output-failed', t`standard output cannot be written: ${cause.message}`, {
    hint: t`what the command does is done; for its output, make room or choose another place`,
    cause,
  });
}
