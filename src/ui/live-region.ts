import { cutTo, widthOf } from './width.ts';

/** Where a terminal's text goes, and how large it is now. */
interface Terminal {
  readonly columns: number;
  readonly rows: number;
  write(text: string): void;
}

/** Lines at the end of a terminal that change in place. Everything that is printed meanwhile goes above them. */
export interface LiveRegion {
  /** Puts these lines in the place of those before; each is cut to the terminal's width. */
  show(lines: readonly string[]): void;
  /** Prints whole lines above, to stay. */
  print(text: string): void;
  /** Takes the lines away; the cursor is at the start of a line then. */
  clear(): void;
}

/** Makes one. The cursor is never hidden: whatever ends this process leaves the terminal as it was. */
export function liveRegion(terminal: Terminal): LiveRegion {
  let shown: readonly string[] = [];
  let wanted: readonly string[] = [];
  // A terminal that was made narrower has wrapped what was there: so many lines have to be gone back.
  const erased = (): string => {
    if (shown.length === 0) return '';
    const heights = shown.map((line) => Math.max(Math.ceil(widthOf(line) / terminal.columns), 1));
    const up = heights.reduce((sum, height) => sum + height, 0) - 1;
    return `\r${up > 0 ? `\u001b[${up}A` : ''}\u001b[J`;
  };
  const drawn = (): string => {
    const room = Math.max(terminal.rows - 1, 1);
    const fitting = wanted.length > room ? wanted.slice(-room) : wanted;
    // The last column stays free: a full line takes the cursor to the next.
    shown = fitting.map((line) => cutTo(line, terminal.columns - 1));
    return shown.join('\r\n');
  };
  return {
    show: (lines) => {
      const erasing = erased();
      wanted = lines;
      terminal.write(erasing + drawn());
    },
    print: (text) => {
      const erasing = erased();
      terminal.write(`${erasing}${text}${drawn()}`);
    },
    clear: () => {
      terminal.write(erased());
      shown = [];
      wanted = [];
    },
  };
}
