import { translated } from '../../core/translate.ts';
import type { CommandSpec } from '../define.ts';

/** What can be completed besides commands and options; the first four are asked of the repository. */
export type ValueKind = 'events' | 'refs' | 'jobs' | 'remotes' | 'regions' | 'shells' | 'folders';

/** An option as a shell completes it. */
export interface CompletedOption {
  /** `--job`, `-n`; all names of it. */
  readonly names: readonly string[];
  readonly help: string;
  readonly takes: 'nothing' | 'value' | 'perhaps';
  /** What its value is; null: it is typed. */
  readonly kind: ValueKind | null;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What its arguments are, all of them the same; null: none, or they are typed. */
  readonly argument: ValueKind | null;
  readonly isVariadic: boolean;
}

/** The shells that we know. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

const ARGUMENTS: Readonly<Record<string, ValueKind>> = {
  id: 'events',
  ref: 'refs',
  range: 'refs',
  shell: 'shells',
};
const OPTIONS: Readonly<Record<string, ValueKind>> = {
  'trigger --job': 'jobs',
  'explain --remote': 'remotes',
  'init --region': 'regions',
  'login --region': 'regions',
};

/** Those that every command has. */
export function commonOptions(): readonly CompletedOption[] {
  return [
    { names: ['-C'], help: translated('as if called in this folder'), takes: 'value', kind: 'folders' },
    { names: ['--quiet'], help: translated('say nothing but errors'), takes: 'nothing', kind: null },
    { names: ['--verbose'], help: translated('say more'), takes: 'nothing', kind: null },
    { names: ['--no-color'], help: translated('no colour'), takes: 'nothing', kind: null },
    { names: ['-h', '--help'], help: translated('show this help'), takes: 'nothing', kind: null },
  ];
}

/** What a shell has to know of the commands, read from their list. */
export function grammarOf(commands: readonly CommandSpec[]): CompletedCommand[] {
  return commands
    .filter(({ isHidden }) => !isHidden)
    .map(({ name, summary, options = [], args = [] }) => {
      const words = args.flatMap(([syntax]) => syntax.split(' '));
      const [first = ''] = words;
      return {
        name,
        summary: translated(summary),
        options: options.map(([flags, help]) => optionOf(name, flags, help)),
        argument: ARGUMENTS[first.replaceAll(/[^a-z]/g, '')] ?? null,
        isVariadic: first.includes('...'),
      };
    });
}

function optionOf(command: string, flags: string, help: string): CompletedOption {
  const names = [...flags.matchAll(/(?<=^|[\s,])--?[a-zA-Z][a-z-]*/g)].map(([name]) => name);
  const takes = flags.includes('<') ? 'value' : flags.includes('[') ? 'perhaps' : 'nothing';
  const kind = names.map((name) => OPTIONS[`${command} ${name}`]).find((found) => found !== undefined);
  return { names, help: translated(help), takes, kind: kind ?? null };
}
