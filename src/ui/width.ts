import { stripVTControlCharacters } from 'node:util';

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
// oxlint-disable-next-line no-control-regex -- that is how colours begin
const PARTS = /\u001b\[[\d;]*m|[^]/gu;

/** Columns on a terminal: colour takes none, an East Asian wide character and an emoji take two. */
export function widthOf(text: string): number {
  let columns = 0;
  for (const character of stripVTControlCharacters(text)) columns += WIDE.test(character) ? 2 : 1;
  return columns;
}

/** How wide the terminal is that an output goes to; null: it goes elsewhere. */
export function terminalColumns({
  isTTY,
  columns,
}: {
  readonly isTTY: boolean;
  readonly columns: number;
}): number | null {
  return isTTY ? columns : null;
}

/** The text in `columns` at most, with a mark where something is left out; its colours end as they did. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let left = columns - 1;
  let cut = '';
  let isFull = false;
  for (const [part] of text.matchAll(PARTS)) {
    if (part.startsWith('\u001b')) {
      cut += part;
      continue;
    }
    const width = widthOf(part);
    if (!isFull && width <= left) {
      cut += part;
      left -= width;
      continue;
    }
    if (!isFull && columns > 0) cut += '…';
    isFull = true;
  }
  return cut;
}

/**
 * What stays together at the end of a line, with the blanks before it: a word, or one Chinese character; and with either
 * the signs that open before it and close after it.
 */
const UNITS =
  /\s*[（“《]*(?:[\u2e80-\u9fff]|[^\s\u2e80-\u9fff，。；：、）”》！？]+|(?=[，。；：、）”》！？]))[，。；：、）”》！？]*/gu;

/** Lines of `columns` at most, broken where words end, within one only where it is longer than a line. */
export function wrapTo(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [unit] of text.matchAll(UNITS)) {
    const joined = line === '' ? unit.trimStart() : line + unit;
    if (widthOf(joined) <= columns) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = brokenTo(unit.trimStart(), columns);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  return [...lines, line];
}

function brokenTo(word: string, columns: number): string[] {
  const parts = [''];
  for (const character of word) {
    const last = parts.at(-1) ?? '';
    if (last !== '' && widthOf(last + character) > columns) parts.push(character);
    else parts[parts.length - 1] = last + character;
  }
  return parts;
}
