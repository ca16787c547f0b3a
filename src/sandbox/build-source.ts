import type { Call } from './admit.ts';
import { isObject } from './is-object.ts';
import type { RecordedBuild } from './build-life.ts';

/**
 * What is built, as far as the body of a call tells: a payload by its `after` and `ref`, an order by its `scm`. Which
 * commit a branch or a tag leads to is not known here.
 */
export function sourceOf(body: Call['body']): Pick<RecordedBuild, 'commitId' | 'branch' | 'message'> {
  const value = body.kind === 'read' && isObject(body.value) ? body.value : {};
  const scm = isObject(value['scm']) ? value['scm'] : {};
  const commit = value['after'] ?? scm['build_commit_id'];
  const name = value['ref'] ?? scm['branch'] ?? scm['build_tag'];
  const commits = Array.isArray(value['commits']) ? (value['commits'] as unknown[]) : [];
  const newest = commits.at(-1);
  const message = isObject(newest) ? newest['message'] : null;
  return {
    message: typeof message === 'string' ? message : null,
    commitId: typeof commit === 'string' ? commit : null,
    branch: typeof name === 'string' ? name.replace(/^refs\/(?:heads|tags)\//, '') : null,
  };
}
