import { REGIONS } from '../../config/regions.ts';
import {
  commonOptions,
  type CompletedCommand,
  type CompletedOption,
  SHELLS,
  type ValueKind,
} from './grammar.ts';

/** The completion of fish, as a file of its folder `completions`. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const all = [
    ...commonOptions().map((option) => optionLine(null, option)),
    ...commands.flatMap((command) => [
      `complete -c codearts-hooks -n '__codearts_hooks_is ""' -a ${command.name} -d ${quoted(command.summary)}`,
      ...command.options.map((option) => optionLine(command.name, option)),
      ...argumentLine(command),
    ]),
  ];
  return `# fish completion of codearts-hooks: codearts-hooks completion fish > ~/.config/fish/completions/codearts-hooks.fish
# The words so far: the folder of -C, the command, and how many arguments it has.
function __codearts_hooks_line
    set -l folder .
    set -l command ''
    set -l count 0
    set -l skip ''
    for word in (commandline -opc)[2..]
        if test "$skip" = folder
            set folder $word
            set skip ''
        else if test -n "$skip"
            set skip ''
        else if test "$word" = -C
            set skip folder
        else if contains -- "$command $word" ${valuedFlags(commands).map(quoted).join(' ')}
            set skip value
        else if string match -q -- '-*' $word
            continue
        else if test -z "$command"
            set command $word
        else
            set count (math $count + 1)
        end
    end
    printf '%s\\n' "$folder" "$command" $count
end
function __codearts_hooks_is
    set -l line (__codearts_hooks_line)
    test "$line[2]" = "$argv[1]"; or return 1
    test -z "$argv[2]"; or test $line[3] -lt $argv[2]
end
function __codearts_hooks_values
    set -l line (__codearts_hooks_line)
    set -l program (commandline -opc)[1]
    $program complete -C "$line[1]" $argv[1] (commandline -ct) 2>/dev/null
end
complete -c codearts-hooks -f
${all.join('\n')}
complete -c cah -w codearts-hooks
`;
}

function valuedFlags(commands: readonly CompletedCommand[]): string[] {
  return commands.flatMap(({ name, options }) =>
    options
      .filter(({ takes }) => takes === 'value')
      .flatMap(({ names }) => names.map((flag) => `${name} ${flag}`)),
  );
}

function optionLine(command: string | null, { names, help, takes, kind }: CompletedOption): string {
  const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const when = command === null ? [] : [`-n ${quoted(`__codearts_hooks_is ${command}`)}`];
  const value = takes === 'value' ? ['-x'] : [];
  return [
    'complete -c codearts-hooks',
    ...when,
    ...flags,
    ...value,
    ...(kind === null ? [] : [`-a ${quoted(candidatesOf(kind))}`]),
    `-d ${quoted(help)}`,
  ].join(' ');
}

function argumentLine({ name, argument, isVariadic }: CompletedCommand): string[] {
  if (argument === null) return [];
  const when = `__codearts_hooks_is ${name}${isVariadic ? '' : ' 1'}`;
  return [`complete -c codearts-hooks -n ${quoted(when)} -k -a ${quoted(candidatesOf(argument))}`];
}

function candidatesOf(kind: ValueKind): string {
  switch (kind) {
    case 'folders':
      return '(__fish_complete_directories)';
    case 'regions':
      return REGIONS.join(' ');
    case 'shells':
      return SHELLS.join(' ');
    default:
      return `(__codearts_hooks_values ${kind})`;
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}
