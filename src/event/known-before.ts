import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import type { Git } from '../platform/git.ts';
import { valueAt } from '../push/evidence.ts';
import { trackedRefs, trackingRefs } from '../push/refspec.ts';
import type { Remote } from '../push/settings.ts';
import { presentIn } from './objects.ts';

/** A ref of a push, with the remote's own old value. */
export interface PushedValue {
  readonly ref: string;
  readonly before: Oid;
}

interface TrackedValue {
  readonly ref: string;
  readonly oid: Oid;
}

/**
 * What the remote had before a push, as far as it is here: its tracking refs as they were when the push began, but for
 * those that the push itself has moved, which are as the remote said they were. A push by URL, or to a remote that keeps
 * no tracking refs, takes those of all remotes.
 *
 * @param since where the logs of the refs are, and when the push began; null: the refs are taken as they are
 */
export async function knownBefore(
  git: Git,
  remote: Remote | null,
  pushed: readonly PushedValue[],
  since: { readonly commonDir: string; readonly startedAt: number } | null,
): Promise<Oid[]> {
  const fetch = (remote?.fetch ?? []).filter(({ destination }) => destination !== null);
  const unmoved = async (): Promise<readonly TrackedValue[]> =>
    fetch.length > 0 ? await trackedValues(git, fetch, pushed) : await allTracked(git, pushed);
  const [tracked, before] = await Promise.all([
    unmoved().then(async (refs) => await valuesThen(refs, since)),
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
): Promise<TrackedValue[]> {
  const moved = new Set(pushed.flatMap(({ ref }) => trackingRefs(fetch, ref)));
  const folders = fetch.map(({ destination }) => (destination ?? '').replace(/[^/]*\*.*$/s, ''));
  const refs = await readRefs(git, [...new Set(folders)]);
  return refs.filter(({ ref }) => trackedRefs(fetch, ref).length > 0 && !moved.has(ref));
}

async function allTracked(git: Git, pushed: readonly PushedValue[]): Promise<TrackedValue[]> {
  const moved = new Set(pushed.map(({ ref }) => ref.replace('refs/heads/', '')));
  const refs = await readRefs(git, ['refs/remotes/']);
  return refs.filter(({ ref }) => !moved.has(ref.split('/').slice(3).join('/')));
}

/** The values when the push began: later pushes and fetches have moved refs since. */
async function valuesThen(
  refs: readonly TrackedValue[],
  since: { readonly commonDir: string; readonly startedAt: number } | null,
): Promise<Oid[]> {
  if (since === null) return refs.map(({ oid }) => oid);
  const { commonDir, startedAt } = since;
  const values = await Promise.all(
    refs.map(async ({ ref, oid }) => (await valueAt(commonDir, ref, startedAt)) ?? oid),
  );
  return values.filter((value) => !isZeroOid(value));
}

/** Refs below some folders; not those that only follow another, as a remote's HEAD does. */
async function readRefs(git: Git, folders: readonly string[]): Promise<TrackedValue[]> {
  const format = '--format=%(objectname) %(symref) %(refname)';
  const { stdout } = await git.run(['for-each-ref', format, ...folders]);
  return stdout.split('\n').flatMap((line) => {
    const [value = '', symref, ...name] = line.split(' ');
    const oid = parseOid(value);
    return oid && symref === '' ? [{ ref: name.join(' '), oid }] : [];
  });
}
