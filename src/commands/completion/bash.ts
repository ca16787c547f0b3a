import { REGIONS } from '../../config/regions.ts';
import { commonOptions, type CompletedCommand, type CompletedOption, SHELLS } from './grammar.ts';

/** The completion of bash, also of the 3.2 of macOS, as a script to be evaluated. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  return `# bash completion of codearts-hooks. In ~/.bashrc: eval "$(codearts-hooks completion bash)"
_codearts_hooks_offer() {
	local value
	while IFS= read -r value; do COMPREPLY+=("$value"); done < <(compgen "$@" -- "$current")
}
_codearts_hooks() {
	local program=\${COMP_WORDS[0]/#\\~/$HOME} current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
	local command='' folder=. count=0 flags='' words='' kind='' many='' value i
	for ((i = 1; i < COMP_CWORD; i++)); do
		case "$command \${COMP_WORDS[i]}" in
		*' -C') i=$((i + 1)) folder=\${COMP_WORDS[i]/#\\~/$HOME} ;;
		${valuedFlags(commands).join(' | ')})
			i=$((i + 1))
			test "\${COMP_WORDS[i]}" != = || i=$((i + 1))
			;;
		*' -'*) ;;
		' '*) command=\${COMP_WORDS[i]} ;;
		*) count=$((count + 1)) ;;
		esac
	done
	# --name=value are three words.
	if test "$current" = =; then
		current=''
	elif test "$previous" = =; then
		previous=\${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case "$command" in
	'') words='${commands.map(({ name }) => name).join(' ')}' ;;
${commands.map(commandCase).join('\n')}
	esac
	if test "$count" -gt 0 && test -z "$many"; then kind=none; fi
	case "$command $previous" in
	*' -C') kind=folders ;;
${valuedOptions(commands).map(optionCase).join('\n')}
	*) if test "\${current:0:1}" = -; then kind='' words="$flags ${flagsOf(commonOptions())}"; fi ;;
	esac
	COMPREPLY=()
	case "$kind" in
	none) ;;
	'') _codearts_hooks_offer -W "\${words:-$flags}" ;;
	regions) _codearts_hooks_offer -W '${REGIONS.join(' ')}' ;;
	shells) _codearts_hooks_offer -W '${SHELLS.join(' ')}' ;;
	folders)
		compopt -o filenames 2>/dev/null
		_codearts_hooks_offer -d
		;;
	*)
		while IFS=$'\\t' read -r value _; do
			if test "\${value:0:\${#current}}" = "$current"; then COMPREPLY+=("$(printf %q "$value")"); fi
		done < <("$program" complete -C "$folder" "$kind" "$current" 2>/dev/null)
		;;
	esac
}
complete -F _codearts_hooks codearts-hooks cah
`;
}

interface Owned {
  readonly command: string;
  readonly option: CompletedOption;
}

/** Options that are followed by a word of their own. */
function valuedOptions(commands: readonly CompletedCommand[]): Owned[] {
  return commands.flatMap(({ name, options }) =>
    options.filter(({ takes }) => takes === 'value').map((option) => ({ command: name, option })),
  );
}

function valuedFlags(commands: readonly CompletedCommand[]): string[] {
  return valuedOptions(commands).flatMap(patternsOf);
}

function patternsOf({ command, option }: Owned): string[] {
  return option.names.map((flag) => `'${command} ${flag}'`);
}

function commandCase({ name, options, argument, isVariadic }: CompletedCommand): string {
  return `	${name}) flags='${flagsOf(options)}' kind='${argument ?? ''}' many='${isVariadic ? 'yes' : ''}' ;;`;
}

function optionCase(owned: Owned): string {
  return `	${patternsOf(owned).join(' | ')}) kind='${owned.option.kind ?? 'none'}' ;;`;
}

function flagsOf(options: readonly CompletedOption[]): string {
  return options.flatMap(({ names }) => names).join(' ');
}
