import { type Oid, isZeroOid } from '../core/oid.ts';
import type { Git } from '../platform/git.ts';

/** What happened to the ref. */
export type UpdateKind = 'created' | 'updated' | 'forced' | 'deleted';

/** Tells the kind from the two values; `forced`: the old one is no ancestor of the new one. */
export async function kindOf(before: Oid, after: Oid, git: Git): Promise<UpdateKind> {
  if (isZeroOid(after)) return 'deleted';
  if (isZeroOid(before)) return 'created';
  // 128, not 1, when the old commit is not here: then git would not have pushed without force either.
  const { exitCode } = await git.run(['merge-base', '--is-ancestor', before, after]);
  return exitCode === 0 ? 'updated' : 'forced';
}
