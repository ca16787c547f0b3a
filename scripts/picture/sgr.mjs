const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];

/**
 * What a terminal was sent, with the ends of its lines as files have them, and without what moves the cursor or erases.
 *
 * @param {string} text
 */
export function withoutMoves(text) {
  // oxlint-disable-next-line no-control-regex -- ESC is what is looked for
  return text.replaceAll(/\r+\n/g, '\n').replaceAll(/\u001b\[[0-9;?]*[A-Za-ln-z]/g, '');
}

/**
 * A line of a terminal as runs of one look: bold, dim, one of the eight colours, bright or not.
 *
 * @param {string} text
 * @returns {{ text: string, classes: string[] }[]}
 * @see ECMA-48, "SGR"
 */
export function sgrRuns(text) {
  const runs = [];
  let look = { isBold: false, isDim: false, colour: null };
  // oxlint-disable-next-line no-control-regex -- ESC is what is looked for
  for (const part of text.split(/(\u001b\[[0-9;?]*[A-Za-z])/)) {
    // oxlint-disable-next-line no-control-regex -- as above
    const codes = /^\u001b\[([0-9;]*)m$/.exec(part)?.[1];
    if (codes !== undefined) look = codes.split(';').map(Number).reduce(after, look);
    else if (part !== '' && !part.startsWith('\u001b')) runs.push({ text: part, classes: classesOf(look) });
  }
  return runs;
}

function after(look, code) {
  if (code === 0) return { isBold: false, isDim: false, colour: null };
  if (code === 1) return { ...look, isBold: true };
  if (code === 2) return { ...look, isDim: true };
  if (code === 22) return { ...look, isBold: false, isDim: false };
  if (code === 39) return { ...look, colour: null };
  if (code === 90) return { ...look, isDim: true };
  const colour = COLOURS[code < 90 ? code - 30 : code - 90];
  return colour === undefined ? look : { ...look, colour };
}

function classesOf({ isBold, isDim, colour }) {
  return [...(isBold ? ['b'] : []), ...(isDim ? ['dim'] : []), ...(colour === null ? [] : [colour])];
}
