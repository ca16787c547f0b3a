import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import { t } from '../core/translate.ts';
import type { Git } from '../platform/git.ts';
import { presentIn } from './objects.ts';

/** What a push is compared with; a `base` is a commit or a tree. */
export type DiffBase =
  | { readonly kind: 'base'; readonly oid: Oid }
  | { readonly kind: 'unknown'; readonly reason: string };

// Every git knows it, whether it is in the repository or not.
const EMPTY_TREES: Readonly<Record<number, Oid | null>> = {
  40: parseOid('4b825dc642cb6eb9a060e54bf8d69288fbee4904'),
  64: parseOid('6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'),
};
/** A command line has a limit. */
const TIPS_AT_ONCE = 5000;

/**
 * What the files of a push of a branch are compared with: the old value, as it is, for an old branch; for a new one
 * where it leaves what the remote had, or nothing when it has no part of that.
 *
 * @param known what the remote had before, for a new branch
 */
export async function diffBase(
  git: Git,
  { before, after }: { readonly before: Oid; readonly after: Oid },
  known: () => Promise<readonly Oid[]>,
): Promise<DiffBase> {
  if (!isZeroOid(before)) {
    const isHere = (await presentIn(git, [before])).length > 0;
    return isHere
      ? { kind: 'base', oid: before }
      : { kind: 'unknown', reason: t`${before.slice(0, 7)} is not here` };
  }
  const found = await mergeBase(git, after, await known());
  const empty = EMPTY_TREES[after.length];
  if (found === 'failed' || !empty) return { kind: 'unknown', reason: t`git finds no common ancestor` };
  return { kind: 'base', oid: found ?? empty };
}

/** The best common ancestor of a commit and all others together; null: there is none. */
async function mergeBase(git: Git, commit: Oid, others: readonly Oid[]): Promise<Oid | null | 'failed'> {
  let best: Oid | null = null;
  for (let from = 0; from < others.length; from += TIPS_AT_ONCE) {
    const some = others.slice(from, from + TIPS_AT_ONCE);
    const { exitCode, stdout } = await git.run(['merge-base', commit, ...(best ? [best] : []), ...some]);
    if (exitCode > 1 || exitCode < 0) return 'failed';
    best = parseOid(stdout.trim()) ?? best;
  }
  return best;
}

/**
 * Shows the names of the files that differ between two commits, until no more are wanted; of a renamed file the old
 * and the new one. Names that are no UTF-8 have U+FFFD in them.
 *
 * @param see tells whether it wants more
 * @returns why they could not all be shown, or null
 */
export async function showChangedPaths(
  git: Git,
  { base, after }: { readonly base: Oid; readonly after: Oid },
  see: (path: string) => boolean,
): Promise<string | null> {
  const args = [
    'diff-tree',
    '-r',
    '-z',
    '--name-only',
    '--no-renames',
    '--ignore-submodules=none',
    base,
    after,
  ];
  let exitCode = 0;
  let rest: Buffer = Buffer.alloc(0);
  const onExit = (code: number): void => {
    exitCode = code;
  };
  for await (const chunk of git.stream(args, { onExit })) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, from)) {
      if (!see(bytes.toString('utf8', from, end))) return null;
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
  if (exitCode === 0) return null;
  return exitCode < 0 ? t`git took too long` : t`git could not read them all here`;
}
