import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import type { Git } from '../platform/git.ts';

/**
 * The commit that a value of a ref stands for: branches are commits, tags are peeled, tags of tags too; null when
 * there is none (a tag of a file). Zeroes stay zeroes.
 */
export async function commitIn(git: Git, ref: string, value: Oid): Promise<Oid | null> {
  if (isZeroOid(value) || ref.startsWith('refs/heads/')) return value;
  const { stdout } = await git.run(['rev-parse', '--verify', '--quiet', `${value}^{commit}`]);
  return parseOid(stdout.trim());
}

/** Those of the objects that are here. */
export async function presentIn(git: Git, oids: readonly Oid[]): Promise<Oid[]> {
  if (oids.length === 0) return [];
  const stdin = oids.map((oid) => `${oid}\n`).join('');
  const { stdout } = await git.run(['cat-file', '--batch-check=%(objectname)'], { stdin });
  return stdout.split('\n').flatMap((line) => parseOid(line) ?? []);
}
