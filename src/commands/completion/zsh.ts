import { REGIONS } from '../../config/regions.ts';
import {
  commonOptions,
  type CompletedCommand,
  type CompletedOption,
  SHELLS,
  type ValueKind,
} from './grammar.ts';

/** The completion of zsh, as a file of the fpath or a script to be sourced. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  return `#compdef codearts-hooks cah
# zsh completion of codearts-hooks. In ~/.zshrc, after compinit: source <(codearts-hooks completion zsh)
_codearts_hooks_values() {
	local -a values
	local value about
	while IFS=$'\\t' read -r value about; do
		values+=("\${value//:/\\\\:}:$about")
	done < <("$program" complete -C "$folder" "$1" "$PREFIX" 2>/dev/null)
	_describe -V "$1" values
}
_codearts_hooks() {
	local context state state_descr line folder program=\${words[1]/#\\~/$HOME}
	local -A opt_args
	local -a commands=(
${commands.map(({ name, summary }) => `		${quoted(`${name}:${summary}`)}`).join('\n')}
	)
	_arguments -C ${commonOptions().map(optionSpec).join(' ')} '1:command:->command' '*::argument:->argument'
	folder=\${opt_args[-C]:-.}
	case "$state" in
	command) _describe command commands ;;
	argument)
		case "\${line[1]}" in
${commands.map(commandCase).join('\n')}
		esac
		;;
	esac
}
if test "\${funcstack[1]}" = _codearts_hooks; then
	_codearts_hooks "$@"
else
	compdef _codearts_hooks codearts-hooks cah
fi
`;
}

function commandCase({ name, options, argument, isVariadic }: CompletedCommand): string {
  const specs = [...options, ...commonOptions()].map(optionSpec);
  const rest =
    argument === null ? [] : [quoted(`${isVariadic ? '*' : '1'}:${argument}:${actionOf(argument)}`)];
  return `		${name}) _arguments ${[...specs, ...rest].join(' ')} ;;`;
}

function optionSpec({ names, help, takes, kind }: CompletedOption): string {
  const about = `[${help.replaceAll(/[[\]]/g, String.raw`\$&`).replaceAll(':', String.raw`\:`)}]`;
  const value =
    takes === 'nothing'
      ? ''
      : `:${takes === 'perhaps' ? ':' : ''}${kind ?? 'value'}:${kind === null ? ' ' : actionOf(kind)}`;
  const [first = ''] = names;
  return names.length === 1
    ? quoted(`${first}${about}${value}`)
    : `${quoted(`(${names.join(' ')})`)}{${names.join(',')}}${quoted(`${about}${value}`)}`;
}

function actionOf(kind: ValueKind): string {
  switch (kind) {
    case 'folders':
      return '_files -/';
    case 'regions':
      return `(${REGIONS.join(' ')})`;
    case 'shells':
      return `(${SHELLS.join(' ')})`;
    default:
      return ` _codearts_hooks_values ${kind}`; // the space: nothing is put between its words
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
