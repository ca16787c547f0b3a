import { Writable } from 'node:stream';

/**
 * Standard output for a library that writes to it in its own way.
 *
 * @param change what is done to each piece of text before it is written; it may not take more columns than before
 */
export function changedStdout(change: (text: string) => string): Writable {
  const { stdout } = process;
  const changed = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      // What cannot be written is told by standard output itself.
      stdout.write(change(String(chunk)), () => done());
    },
  });
  stdout.on('resize', () => changed.emit('resize'));
  return Object.defineProperties(changed, {
    isTTY: { get: () => stdout.isTTY },
    columns: { get: () => stdout.columns },
    rows: { get: () => stdout.rows },
  });
}
