import type { Oid } from '../core/oid.ts';
import { t } from '../core/translate.ts';
import type { Git } from '../platform/git.ts';
import { isZeroOid } from '../core/oid.ts';
import { type Verdict, isPassing } from '../rules/check.ts';
import { hasPathRules, watchPaths } from '../rules/path-filter.ts';
import type { RemoteContext } from '../rules/remotes.ts';
import { type JobRules, reasonForNone, refusalOf, selectByName } from '../rules/select-jobs.ts';
import { checkMessage } from '../rules/skip-markers.ts';
import { diffBase, showChangedPaths } from './changed-paths.ts';
import { type CommitList, listCommits } from './commits.ts';
import { commitIn } from './objects.ts';

/** An update of one ref, for the rules to judge. */
export interface PushedRef {
  readonly ref: string;
  /** As the remote has them: of an annotated tag the tag's own name. */
  readonly before: Oid;
  readonly after: Oid;
  readonly remote: RemoteContext;
  /** What the remote had before; asked for a new ref alone. */
  readonly known: () => Promise<readonly Oid[]>;
}

/** What of a config is asked: the rules, and how much is listed. */
export interface Rules<J extends JobRules> {
  readonly jobs: readonly J[];
  readonly 'skip-markers': readonly string[];
  readonly commits: { readonly max: number; readonly 'max-message-bytes': number };
}

/** What the rules say of an update. */
export interface Choice<J extends JobRules> {
  readonly verdicts: readonly Verdict<J>[];
  /** The jobs that it starts. */
  readonly jobs: readonly J[];
  /** Why there are none; null when there are. */
  readonly reason: string | null;
  /** The commits that the two values stand for; null: not looked at, or there is none. */
  readonly before: Oid | null;
  readonly after: Oid | null;
  /** Null: not looked at. */
  readonly list: CommitList | null;
}

/**
 * Chooses the jobs that an update starts. Names are looked at first, which costs nothing; then, side by side, the
 * commits and the changed files.
 */
export async function chooseJobs<J extends JobRules>(
  git: Git,
  push: PushedRef,
  rules: Rules<J>,
): Promise<Choice<J>> {
  const refused = refusalOf(push);
  const none = { jobs: [], before: null, after: null, list: null };
  if (refused !== null) return { ...none, verdicts: [], reason: refused };
  const byName = selectByName(rules.jobs, push.ref, push.remote);
  const wanted = byName.filter(isPassing);
  const names = { ref: push.ref, remote: push.remote.remote };
  if (wanted.length === 0) return { ...none, verdicts: byName, reason: reasonForNone(byName, names) };
  const [before, after] = await Promise.all([
    commitIn(git, push.ref, push.before),
    commitIn(git, push.ref, push.after),
  ]);
  const noCommit = { ...none, verdicts: byName, reason: t`${push.ref} is no commit` };
  if (after === null) return noCommit;
  const values = { before: before ?? push.before, after };
  const known = once(push.known);
  const limits = { max: rules.commits.max, maxMessageBytes: rules.commits['max-message-bytes'] };
  const [list, byPath] = await Promise.all([
    isZeroOid(push.before)
      ? known().then((oids) => listCommits(git, after, oids, limits))
      : listCommits(git, after, [values.before], limits),
    checkPaths(git, { ...values, isBranch: push.ref.startsWith('refs/heads/'), known }, wanted),
  ]);
  if (list === null) return noCommit;
  const markers = rules['skip-markers'];
  const message = markers.length > 0 ? [checkMessage(markers, list.headMessage)] : [];
  const verdicts = byName.map((verdict) => {
    const found = byPath.get(verdict) ?? verdict;
    return isPassing(found) ? { ...found, checks: [...found.checks, ...message] } : found;
  });
  const jobs = verdicts.filter(isPassing).map(({ job }) => job);
  return { verdicts, jobs, reason: reasonForNone(verdicts, names), ...values, list };
}

interface Range {
  readonly before: Oid;
  readonly after: Oid;
  readonly isBranch: boolean;
  readonly known: () => Promise<readonly Oid[]>;
}

/** The verdicts with those of the path rules added. As in GitHub Actions, tags have none. */
async function checkPaths<J extends JobRules>(
  git: Git,
  { before, after, isBranch, known }: Range,
  verdicts: readonly Verdict<J>[],
): Promise<Map<Verdict<J>, Verdict<J>>> {
  const watched = verdicts
    .filter(({ job }) => isBranch && hasPathRules(job))
    .map((verdict) => ({ verdict, watch: watchPaths(verdict.job), isCurious: true }));
  if (watched.length === 0) return new Map();
  const found = await diffBase(git, { before, after }, known);
  const see = (path: string): boolean => {
    for (const one of watched) if (one.isCurious) one.isCurious = one.watch.see(path);
    return watched.some(({ isCurious }) => isCurious);
  };
  const unknown =
    found.kind === 'base' ? await showChangedPaths(git, { base: found.oid, after }, see) : found.reason;
  return new Map(
    watched.map(({ verdict, watch }) => [
      verdict,
      { ...verdict, checks: [...verdict.checks, watch.check(unknown)] },
    ]),
  );
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => (answer ??= ask());
}
