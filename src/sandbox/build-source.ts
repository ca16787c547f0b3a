import type { Call } from './admit.ts';
import { isObject } from './is-object.ts';
import type { RecordedBuild } from './record-list.ts';

/**
 * What is built, as far as the body of a call tells: a payload by its `after` and `ref`, an order by its `scm`. Which
 * commit a branch or a tag leads to is not known here.
 */
export function sourceOf(body: Call['body']): Pick<RecordedBuild, 'commitId' | 'branch'> {
  const value = body.kind === 'read' && isObject(body.value) ? body.value : {};
  const scm = isObject(value['scm']) ? value['scm'] : {};
  const commit = value['after'] ?? scm['build_commit_id'];
  const name = value['ref'] ?? scm['branch'] ?? scm['build_tag'];
  return {
    commitId: typeof commit === 'string' ? commit : null,
    branch: typeof name === 'string' ? name.replace(/^refs\/(?:heads|tags)\//, '') : null,
  };
}
