import type { Job } from '../config/schema.ts';
import { isZeroOid } from '../core/oid.ts';
import type { Oid } from '../core/oid.ts';
import { branchOf, tagOf } from '../core/ref.ts';
import { isAskedFor } from './patterns.ts';
import { type RemoteContext, isRemoteAskedFor } from './remotes.ts';

/** The jobs that an update starts; with none, why. */
export interface Selection {
  readonly jobs: readonly Job[];
  readonly reason: string | null;
}

/** Chooses the jobs for one confirmed update. A deletion starts none. */
export function selectJobs(
  jobs: readonly Job[],
  update: { readonly ref: string; readonly after: Oid },
  context: RemoteContext,
): Selection {
  if (isZeroOid(update.after)) return { jobs: [], reason: 'a deletion starts no build' };
  const onRemote = jobs.filter((job) => isRemoteAskedFor(job.remotes, context));
  if (onRemote.length === 0) return { jobs: [], reason: `no job asks for the remote ${context.remote}` };
  const selected = onRemote.filter((job) => isRefAskedFor(job, update.ref));
  return { jobs: selected, reason: selected.length === 0 ? `no job asks for ${update.ref}` : null };
}

/** Every branch without `branches` and `tags`; with only one of the two keys, the other kind starts nothing. */
function isRefAskedFor({ branches, tags }: Job, ref: string): boolean {
  const branch = branchOf(ref);
  if (branch !== null) return branches ? isAskedFor(branch, branches) : tags === undefined;
  const tag = tagOf(ref);
  return tag !== null && tags !== undefined && isAskedFor(tag, tags);
}
