/** An entry of git's configuration. */
export interface ConfigEntry {
  /** `system`, `global`, `local`, `worktree`, `command`; '' where git was not asked for it. */
  readonly scope: string;
  readonly key: string;
  /** Null for a key without `=`, which git takes for true. */
  readonly value: string | null;
}

/** The keys of git's that matter to a push, as a regular expression. */
export const PUSH_KEYS: string = String.raw`remote\..*\.(url|pushurl|fetch)|core\.(sshcommand|worktree|hookspath)|codearts-hooks\.enabled`;

/**
 * What `git config -z --get-regexp` prints, in its order: of a key with several values the last counts.
 *
 * @param isScoped whether it was called with `--show-scope`
 * @see git-config(1)
 */
export function parseConfig(stdout: string, isScoped: boolean): ConfigEntry[] {
  const fields = stdout.split('\0').slice(0, -1);
  const entries: ConfigEntry[] = [];
  while (fields.length > 0) {
    const scope = isScoped ? (fields.shift() ?? '') : '';
    const entry = fields.shift() ?? '';
    const end = entry.indexOf('\n');
    const [key, value] = end < 0 ? [entry, null] : [entry.slice(0, end), entry.slice(end + 1)];
    entries.push({ scope, key, value });
  }
  return entries;
}
