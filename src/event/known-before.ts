import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import type { Git } from '../platform/git.ts';
import { trackedRefs, trackingRefs } from '../push/refspec.ts';
import type { Remote } from '../push/settings.ts';
import { presentIn } from './objects.ts';

/** A ref of a push, with the remote's own old value. */
export interface PushedValue {
  readonly ref: string;
  readonly before: Oid;
}

/**
 * What the remote had before a push, as far as it is here: its tracking refs, but for those that the push itself has
 * moved, which are as the remote said they were. A push by URL, or to a remote that keeps no tracking refs, takes
 * those of all remotes.
 */
export async function knownBefore(
  git: Git,
  remote: Remote | null,
  pushed: readonly PushedValue[],
): Promise<Oid[]> {
  const fetch = (remote?.fetch ?? []).filter(({ destination }) => destination !== null);
  const [tracked, before] = await Promise.all([
    fetch.length > 0 ? trackedValues(git, fetch, pushed) : allTracked(git, pushed),
    presentIn(
      git,
      pushed.map(({ before: value }) => value).filter((value) => !isZeroOid(value)),
    ),
  ]);
  return [...new Set([...tracked, ...before])];
}

async function trackedValues(
  git: Git,
  fetch: Remote['fetch'],
  pushed: readonly PushedValue[],
): Promise<Oid[]> {
  const moved = new Set(pushed.flatMap(({ ref }) => trackingRefs(fetch, ref)));
  const folders = fetch.map(({ destination }) => (destination ?? '').replace(/[^/]*\*.*$/s, ''));
  const refs = await readRefs(git, [...new Set(folders)]);
  return refs.flatMap(({ ref, oid }) => (trackedRefs(fetch, ref).length > 0 && !moved.has(ref) ? [oid] : []));
}

async function allTracked(git: Git, pushed: readonly PushedValue[]): Promise<Oid[]> {
  const moved = new Set(pushed.map(({ ref }) => ref.replace('refs/heads/', '')));
  const refs = await readRefs(git, ['refs/remotes/']);
  return refs.flatMap(({ ref, oid }) => (moved.has(ref.split('/').slice(3).join('/')) ? [] : [oid]));
}

/** Refs below some folders; not those that only follow another, as a remote's HEAD does. */
async function readRefs(git: Git, folders: readonly string[]): Promise<{ ref: string; oid: Oid }[]> {
  const format = '--format=%(objectname) %(symref) %(refname)';
  const { stdout } = await git.run(['for-each-ref', format, ...folders]);
  return stdout.split('\n').flatMap((line) => {
    const [value = '', symref, ...name] = line.split(' ');
    const oid = parseOid(value);
    return oid && symref === '' ? [{ ref: name.join(' '), oid }] : [];
  });
}
