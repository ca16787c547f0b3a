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
 * What `git config -z` prints of a search, in its order: of a key with several values the last counts.
 *
 * @param isScoped whether it was called with `--show-scope`
 * @see git-config(1)
 */
export function parseConfig(stdout: string, isScoped: boolean): ConfigEntry[] {
  const fields = stdout.split('\0').slice(0, -1);
  if (!isScoped) return fields.map((field) => entryOf('', field));
  // Each entry comes after its scope.
  return fields.flatMap((field, n) => (n % 2 === 0 ? [] : [entryOf(fields[n - 1] ?? '', field)]));
}

function entryOf(scope: string, field: string): ConfigEntry {
  const end = field.indexOf('\n');
  if (end < 0) return { scope, key: field, value: null };
  return { scope, key: field.slice(0, end), value: field.slice(end + 1) };
}
