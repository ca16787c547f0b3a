import { Writable } from 'node:stream';

// oxlint-disable-next-line no-control-regex -- it is what is taken out
const COLOUR = /\u001b\[[0-9;]*m/g;

/** Standard output that takes no colour: for a library that paints whatever was asked of us. */
export function plainStdout(): Writable {
  const { stdout } = process;
  const plain = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      stdout.write(String(chunk).replaceAll(COLOUR, ''), done);
    },
  });
  stdout.on('resize', () => plain.emit('resize'));
  return Object.defineProperties(plain, {
    isTTY: { get: () => stdout.isTTY },
    columns: { get: () => stdout.columns },
    rows: { get: () => stdout.rows },
  });
}
