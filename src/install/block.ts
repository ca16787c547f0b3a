/** Version of the lines that are put into other people's files; of the shims, too. */
const SHIM_VERSION = 2;

const BEGIN = `# >>> codearts-hooks ${SHIM_VERSION} >>>`;
const END = '# <<< codearts-hooks <<<';
const BLOCK = /^# >>> codearts-hooks (\d+) >>>[^\n]*\n[^]*?^# <<< codearts-hooks <<<\n/m;

/**
 * The lines that call our shim from a POSIX shell script, to stand at its top: with the same input, which is then
 * given back to the script. They change nothing else: the script keeps its process, its `$0` and its `$PPID`, and
 * where we are not installed nothing happens. They bear `set -eu`, and fail no hook.
 */
export const SCRIPT_BLOCK: string = `${BEGIN} starts the builds of a push; codearts-hooks uninstall takes these lines out
_codearts_hooks=\${GIT_DIR:-.git}/codearts-hooks/pre-push
test -r "$_codearts_hooks" || _codearts_hooks=$(git rev-parse --git-common-dir 2>/dev/null)/codearts-hooks/pre-push || :
if test -r "$_codearts_hooks"
then
	_codearts_input=$(cat 2>/dev/null) || :
	if test -n "$_codearts_input"
	then
		printf '%s\\n' "$_codearts_input" | sh "$_codearts_hooks" "$@" || :
		command exec <<CODEARTS_HOOKS_INPUT || :
$_codearts_input
CODEARTS_HOOKS_INPUT
	else
		sh "$_codearts_hooks" "$@" </dev/null || :
	fi
	unset _codearts_input
fi
unset _codearts_hooks
${END}
`;

/** Lines of a YAML file between our marks. */
export function yamlBlock(lines: string): string {
  return `${BEGIN} codearts-hooks uninstall takes these lines out\n${lines}${END}\n`;
}

/** The version of our lines in a text; null when it has none. */
export function blockVersion(text: string): number | null {
  const version = BLOCK.exec(text)?.[1];
  return version === undefined ? null : Number(version);
}

/** A script with our lines: in their place if it has them, else after its first line, which says what runs it. */
export function withScriptBlock(script: string): string {
  // By functions: a string would have its `$` read.
  if (blockVersion(script) !== null) return script.replace(BLOCK, () => SCRIPT_BLOCK);
  return script.replace(/^(?:#![^\n]*\n)?/, (shebang) => shebang + SCRIPT_BLOCK);
}

/** A text without our lines; the same text when it has none. */
export function withoutBlock(text: string): string {
  return text.replace(BLOCK, '');
}
