import type { Effects } from '../platform/effects.ts';
import type { Paint } from '../ui/style.ts';
import { screenJson } from '../ui/screen-json.ts';

/** What every command gets besides its own arguments. */
export interface CommandContext {
  readonly effects: Effects;
  /** Where it was called, or `-C <dir>`; absolute. */
  readonly directory: string;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
  /** Colour for standard output, and for standard error. */
  readonly paint: Paint;
  readonly paintError: Paint;
  /** Data, on standard output. */
  readonly print: (text: string) => void;
  /** Talk, on standard error; a line. Nothing with `--quiet`. */
  readonly say: (line: string) => void;
}

/** The values of a command's options by their camel-case names, as commander gives them. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** Does what a command does. Its exit code; of a program that it ran in the foreground, that program's. */
export type Run = (args: readonly string[], options: Options, context: CommandContext) => Promise<number>;

/** A command as data: parsing, `--help` and README are made from it. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** Arguments in commander's words: `[ref]`, `<id...>`; with one line of help. */
  readonly args?: readonly (readonly [syntax: string, help: string])[];
  readonly options?: readonly (readonly [flags: string, help: string])[];
  readonly examples?: readonly string[];
  readonly isHidden?: boolean;
  /** Takes whatever follows, options and all. */
  readonly isPassThrough?: boolean;
  readonly load: () => Promise<Run>;
}

/** The option of every reading command. */
export const JSON_OPTION = ['--json', 'print JSON on standard output'] as const;

/** Prints a value as JSON, indented for people. */
export function printJson(value: unknown, { print }: CommandContext): void {
  print(`${screenJson(value)}\n`);
}
