const HEADS = 'refs/heads/';
const TAGS = 'refs/tags/';

/** The branch's name in a full ref name (`refs/heads/a/b` gives `a/b`), or null when it is no branch. */
export function branchOf(ref: string): string | null {
  return ref.startsWith(HEADS) ? ref.slice(HEADS.length) : null;
}

/** The tag's name in a full ref name, or null when it is no tag. */
export function tagOf(ref: string): string | null {
  return ref.startsWith(TAGS) ? ref.slice(TAGS.length) : null;
}

/** A ref as people say it: `main` for `refs/heads/main`, `v1` for `refs/tags/v1`, else the full name. */
export function shortRef(ref: string): string {
  return branchOf(ref) ?? tagOf(ref) ?? ref;
}
