/** The rules of a job, and those of the whole config, by their keys there. */
export type RuleKey =
  | 'remotes'
  | 'branches'
  | 'branches-ignore'
  | 'tags'
  | 'tags-ignore'
  | 'paths'
  | 'paths-ignore'
  | 'skip-markers';

/** What one rule says of a push. */
export interface Check {
  readonly key: RuleKey;
  /** The place in the list of the pattern that decided; null: none did, or the key is not set. */
  readonly index: number | null;
  readonly isPassed: boolean;
  /** Why, in a few words. */
  readonly detail: string;
}

/** What the rules of a job say of a push, in the order in which they were asked; the first that fails ends it. */
export interface Verdict<J> {
  readonly job: J;
  readonly checks: readonly Check[];
}

/** Whether a job is started, as far as it has been looked at. */
export function isPassing({ checks }: { readonly checks: readonly Check[] }): boolean {
  return checks.every(({ isPassed }) => isPassed);
}
