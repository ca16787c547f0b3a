import { type BuildName, readBuildLog } from '../../codearts/build-info.ts';
import type { Send } from '../../codearts/build-history.ts';
import { plainText } from '../../ui/plain-text.ts';

const LINE_LIMIT = 2000;

/** Reads the log of a build as it grows, and gives it on in whole lines. */
export class LogReader {
  readonly #name: BuildName;
  readonly #print: (lines: readonly string[]) => void;
  #offset = 0;
  #rest = '';
  #isTold = false;

  constructor(name: BuildName, print: (lines: readonly string[]) => void) {
    this.#name = name;
    this.#print = print;
  }

  /** Reads what is there by now. @param isLast the build has ended: the last line may have no end */
  async read(send: Send, isLast: boolean): Promise<void> {
    for (;;) {
      const part = await readBuildLog(this.#name, this.#offset, send);
      if (part.kind !== 'log') {
        // Its build is followed all the same.
        if (!this.#isTold) this.#print([`(${part.reason})`]);
        this.#isTold = true;
        return;
      }
      this.#take(part.log.text);
      const isMoved = part.log.offset > this.#offset;
      this.#offset = part.log.offset;
      if (!isMoved || !part.log.hasMore) break;
    }
    if (isLast && this.#rest !== '') this.#take('\n');
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    const printed = lines.map((line) => plainText(line.replace(/\r$/, ''), LINE_LIMIT));
    if (printed.length > 0) this.#print(printed);
  }
}
