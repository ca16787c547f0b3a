import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import type { RefUpdate } from '../hook/ref-update.ts';
import type { Git } from '../platform/git.ts';

/** The commit that an object leads to (an annotated tag, a tag of a tag); null when it is none. */
export async function peelCommit(git: Git, oid: Oid): Promise<Oid | null> {
  const { stdout } = await git.run(['rev-parse', '--verify', '--quiet', `${oid}^{commit}`]);
  return parseOid(stdout.trim());
}

/**
 * What the remote had before a push: its tracking refs, but for those that the push itself has moved, which
 * are as the remote said they were. A push by URL takes the tracking refs of all remotes.
 */
export async function refsBeforePush(git: Git, remote: string, pushed: readonly RefUpdate[]): Promise<Oid[]> {
  const format = '--format=%(objectname) %(refname:lstrip=3)';
  const named = await git.run(['for-each-ref', format, `refs/remotes/${remote}/`]);
  const { stdout } = named.stdout === '' ? await git.run(['for-each-ref', format, 'refs/remotes/']) : named;
  // The remote's HEAD follows one of the others.
  const moved = new Set(['HEAD', ...pushed.map(({ ref }) => ref.replace('refs/heads/', ''))]);
  const others = stdout.split('\n').flatMap((line) => {
    const [value = '', ...name] = line.split(' ');
    const oid = parseOid(value);
    return oid && !moved.has(name.join(' ')) ? [oid] : [];
  });
  return [...others, ...pushed.map(({ before }) => before).filter((oid) => !isZeroOid(oid))];
}
