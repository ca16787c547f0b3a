import { type Oid, parseOid } from '../core/oid.ts';

/** One line of a ref's log. */
export interface ReflogEntry {
  readonly before: Oid;
  readonly after: Oid;
  /** The committer's clock in seconds since 1970; the user may have forged it (GIT_COMMITTER_DATE). */
  readonly seconds: number;
  readonly isPush: boolean;
  /** The ref whose log this was before `git remote rename`; absent: the entry tells of none. */
  readonly renamedFrom?: string;
}

// No name and no address holds a `>`: git takes it out. A message may hold anything, an entry's look included.
const LINE = /^([0-9a-f]+) ([0-9a-f]+) [^>]*> (\d+) [+-]\d+(?:\t(.*))?$/s;
const RENAMED = /^remote: renamed (refs\/\S+) to refs\/\S+$/;

/**
 * Reads one line of a file under `logs/`: `<old> <new> <name> <mail> <seconds> <zone> TAB <message>`.
 *
 * The message `update by push` is written by git push alone, for each tracking ref that it moves.
 *
 * @returns null for a line that is none, as the last one of a file that is being written
 */
export function parseReflogLine(line: string): ReflogEntry | null {
  const parts = LINE.exec(line);
  const before = parseOid(parts?.[1] ?? '');
  const after = parseOid(parts?.[2] ?? '');
  if (!parts || !before || !after) return null;
  const [, renamedFrom] = RENAMED.exec(parts[4] ?? '') ?? [];
  return {
    before,
    after,
    seconds: Number(parts[3]),
    isPush: parts[4] === 'update by push',
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
  };
}
