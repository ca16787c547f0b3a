import type { Oid } from '../core/oid.ts';
import { branchOf, tagOf } from '../core/ref.ts';

/** What `POST /v1/job/execute` is told besides the job, codearts-api.md section 4. */
export interface ExecuteOrder {
  readonly parameter: readonly { readonly name: string; readonly value: string }[];
  readonly scm:
    | { readonly build_type: 'branch'; readonly branch: string }
    | { readonly build_type: 'tag'; readonly build_tag: string }
    | { readonly build_type: 'commitId'; readonly branch: string; readonly build_commit_id: Oid };
}

/**
 * What to build, and with which parameters: of a branch the very commit, of a tag the tag. SHA-256 names are not
 * known to the service: there the branch alone is named, and its newest commit is built.
 *
 * @param fill fills in the placeholders of a parameter's value
 */
export function executeOrder(
  { ref, after }: { readonly ref: string; readonly after: Oid },
  parameters: Readonly<Record<string, string>>,
  fill: (text: string) => string,
): ExecuteOrder {
  const parameter = Object.entries(parameters).map(([name, text]) => ({ name, value: fill(text) }));
  const tag = tagOf(ref);
  if (tag !== null) return { parameter, scm: { build_type: 'tag', build_tag: tag } };
  const branch = branchOf(ref) ?? ref;
  if (after.length !== 40) return { parameter, scm: { build_type: 'branch', branch } };
  return { parameter, scm: { build_type: 'commitId', branch, build_commit_id: after } };
}
