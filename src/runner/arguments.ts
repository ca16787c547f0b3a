import type { Question } from '../event/question.ts';

/** What a run is asked to do. */
export interface RunnerArguments {
  readonly mode: 'push' | 'in' | 'flush' | 'ask';
  /** The name of the note that the caller has just made; null when there is none. */
  readonly own: string | null;
  /** The URL as git was given it, with its credentials; handed over in memory. */
  readonly ownUrl: string | null;
  /** The text of that note when it could not be written to the disk. */
  readonly handedOver: string | null;
  /** The work tree that a command was given; '' for the shims, whose notes tell it. */
  readonly cwd: string;
  /** How long `flush` stays for retries, milliseconds. */
  readonly waitMs: number;
  /** What a command asks for, with `ask`. */
  readonly question: Question | null;
}

/** Whether something follows on standard input; looking there costs time. */
export function hasInput([mode, , second]: readonly string[]): boolean {
  return mode === 'ask' || second === 'url' || second === 'handed-over';
}

/**
 * Reads how hooks/watch, hooks/post-push and the commands start the runner:
 * `push <note>`, `push <note> url` (input: the URL as git was given it, a line), `push <note> handed-over` (input:
 * that line, then the note's text), `in <note>`, `in <note> handed-over` (input: the note's text),
 * `flush <work tree> <milliseconds>`,
 * `ask` (input: a `Question` as JSON).
 *
 * @throws {SyntaxError} on anything else
 */
export function parseArguments(argv: readonly string[], stdin: string): RunnerArguments {
  const [mode, first = '', second = ''] = argv;
  const isHandedOver = second === 'handed-over';
  const none = { ownUrl: null, handedOver: null, cwd: '', waitMs: 0, question: null };
  if (mode === 'flush' && /^\d+$/.test(second)) {
    return { ...none, mode, own: null, cwd: first, waitMs: Number(second) };
  }
  if (mode === 'ask') return { ...none, mode, own: null, question: JSON.parse(stdin) as Question };
  if (mode === 'in' && first !== '')
    return { ...none, mode, own: first, handedOver: isHandedOver ? stdin : null };
  if (mode !== 'push' || first === '') {
    throw new SyntaxError(`not a way to start the runner: ${JSON.stringify(argv)}`);
  }
  const end = stdin.indexOf('\n');
  const ownUrl = end > 0 ? stdin.slice(0, end) : null;
  return { ...none, mode, own: first, ownUrl, handedOver: isHandedOver ? stdin.slice(end + 1) : null };
}
