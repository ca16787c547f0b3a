/** The line that calls our shim from any shell script. */
export const SNIPPET = 'sh "$(git rev-parse --git-common-dir)/codearts-hooks/pre-push" "$@" || :';
