import { type Oid, parseOid, zeroLike } from '../core/oid.ts';
import type { ManualRequest } from '../event/manual-request.ts';
import type { Git } from '../platform/git.ts';
import { trackingRefs } from '../push/refspec.ts';
import { manualUpdate } from './manual-update.ts';
import type { RepositoryState } from './repository-state.ts';

/** A push that may be made, or has been: a ref, and its values before and after. */
export type ExplainedUpdate = Omit<ManualRequest, 'job' | 'isKept'>;

/**
 * What `explain [<range>]` is about. Without a range it is what `git push` would push now, by what is known of the
 * remote; or, when there is nothing to push, the last push.
 */
export async function explainedUpdate(
  what: string | null,
  remote: string | null,
  state: RepositoryState,
): Promise<ExplainedUpdate> {
  const update = await manualUpdate(what, state, remote);
  if (what?.includes('..')) return update;
  if (update.ref.startsWith('refs/tags/')) return { ...update, before: zeroLike(update.after) };
  const configured = state.settings.remotes.find(({ name }) => name === update.remote);
  const [tracking] = trackingRefs(configured?.fetch ?? [], update.ref);
  if (tracking === undefined) return update;
  const before = await valueBefore(state.git, tracking, update.after);
  return before === null ? update : { ...update, before };
}

/** The old value of such a push; null: nobody has written it down. */
async function valueBefore(git: Git, tracking: string, after: Oid): Promise<Oid | null> {
  const value = async (name: string): Promise<Oid | null> => {
    const { stdout } = await git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
    return parseOid(stdout.trim());
  };
  const now = await value(tracking);
  if (now !== after) return now ?? zeroLike(after);
  const previous = await value(`${tracking}@{1}`);
  if (previous !== null) return previous;
  const { exitCode } = await git.run(['reflog', 'exists', tracking]);
  return exitCode === 0 ? zeroLike(after) : null;
}
