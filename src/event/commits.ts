import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import type { Git } from '../platform/git.ts';
import { cutUtf8 } from './cut-utf8.ts';

/** A commit as the service wants it. */
export interface Commit {
  readonly id: Oid;
  readonly message: string;
}

/** How much of the commits goes into an event. */
export interface CommitLimits {
  readonly max: number;
  /** Bytes of UTF-8 of one message. */
  readonly maxMessageBytes: number;
}

const RECORD = /^commit ([0-9a-f]+)\n([\s\S]*)$/;

/**
 * The commits of a push, oldest first, the last one is `after`; the newest when there are more than
 * `limits.max`. `after` is listed even if it is nothing new (a rewound branch).
 *
 * @param known what the remote had before: the old value, or for a new branch what its other refs reach
 * @returns null when `after` is no commit (a tag of a file)
 */
export async function listCommits(
  git: Git,
  after: Oid,
  known: readonly Oid[],
  limits: CommitLimits,
): Promise<Commit[] | null> {
  const old = known.filter((oid) => !isZeroOid(oid));
  const [here, newest] = await Promise.all([
    presentIn(git, old),
    readLog(git, [after, ...old.map((oid) => `^${oid}`)], limits.max, limits),
  ]);
  if (newest === null) return null;
  // An old value that is not here (shallow, pruned) leaves no range; then the new one stands for itself.
  const isRange = here.length > 0 || old.length === 0;
  if (newest.length > 0) return isRange ? newest.toReversed() : newest.slice(0, 1);
  return await readLog(git, [after], 1, limits);
}

async function presentIn(git: Git, oids: readonly Oid[]): Promise<Oid[]> {
  if (oids.length === 0) return [];
  const stdin = oids.map((oid) => `${oid}\n`).join('');
  const { stdout } = await git.run(['cat-file', '--batch-check=%(objectname)'], { stdin });
  return stdout.split('\n').flatMap((line) => parseOid(line) ?? []);
}

/** Newest first; null when git refuses the first revision as no commit. Streams: a history may be huge. */
async function readLog(
  git: Git,
  revisions: readonly string[],
  count: number,
  limits: CommitLimits,
): Promise<Commit[] | null> {
  const args = [
    'rev-list',
    '--topo-order',
    `--max-count=${count}`,
    '--ignore-missing',
    '--encoding=UTF-8',
    '--format=%B%x00',
    '--stdin',
  ];
  const commits: Commit[] = [];
  // A message may be megabytes long: no more of it is kept than can be sent, and the head line.
  const keep = limits.maxMessageBytes + 128;
  let record = Buffer.alloc(0);
  for await (const chunk of git.stream(args, { stdin: `${revisions.join('\n')}\n` })) {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      record = Buffer.concat([record, chunk.subarray(from, end)]).subarray(0, keep);
      const commit = parseRecord(record, limits);
      if (commit) commits.push(commit);
      record = Buffer.alloc(0);
      from = end + 1;
    }
    record = Buffer.concat([record, chunk.subarray(from)]).subarray(0, keep);
  }
  if (commits.length > 0) return commits;
  const { exitCode } = await git.run(['rev-parse', '--verify', '--quiet', `${revisions[0]}^{commit}`]);
  return exitCode === 0 ? [] : null;
}

function parseRecord(record: Buffer, limits: CommitLimits): Commit | null {
  const text = record.toString('latin1').replace(/^\n/, '');
  const [, id = '', message = ''] = RECORD.exec(text) ?? [];
  const oid = parseOid(id);
  return (
    oid && { id: oid, message: cutUtf8(Buffer.from(message, 'latin1'), limits.maxMessageBytes).trimEnd() }
  );
}
