import { type Oid, isZeroOid, parseOid } from '../core/oid.ts';
import { stored } from '../core/translate.ts';
import type { Git } from '../platform/git.ts';
import { cutUtf8 } from './cut-utf8.ts';
import { decodeMessage } from './decode-message.ts';
import { presentIn } from './objects.ts';

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

/** The commits of a push, with what the request does not say of them. */
export interface CommitList {
  /** Oldest first; the last one is the new value. */
  readonly commits: readonly Commit[];
  /** The message of the last one, longer than it is sent. */
  readonly headMessage: string;
  /** What is not as one would expect, one sentence each. */
  readonly remarks: readonly string[];
}

/** What of a message is looked through for markers. */
const HEAD_MESSAGE_BYTES = 64 * 1024;
const RECORD = /^\n?commit ([0-9a-f]+)\n/;
/** A line feed, `commit `, a name of 64 digits, a line feed. */
const HEAD_LINE_BYTES = 73;

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
): Promise<CommitList | null> {
  const old = known.filter((oid) => !isZeroOid(oid));
  const revisions = [after, ...old.map((oid) => `^${oid}`)];
  const whole = await readLog(git, revisions, [], limits);
  // git refuses what is not here; only then is it asked again, for what there is.
  const here = whole ? old : await presentIn(git, old);
  const log = whole ?? (await readLog(git, revisions, ['--ignore-missing'], limits));
  if (log === null) return null;
  // An old value that is not here (shallow, pruned) leaves no range; then the new one stands for itself.
  const isRange = here.length > 0 || old.length === 0;
  const newest =
    log.length > 0
      ? log.slice(0, isRange ? limits.max : 1)
      : await readLog(git, [after], [], { ...limits, max: 0 });
  const [head] = newest ?? [];
  if (!newest || !head) return null;
  const remarks = [
    isRange ? null : stored`the old value is not here: the new commit alone is listed`,
    isRange && log.length > limits.max
      ? stored`more than ${limits.max} commits: the newest ${limits.max} are listed`
      : null,
    newest.some(({ as }) => as === 'gb18030') ? stored`a message is no UTF-8: it was read as GB18030` : null,
    newest.some(({ as }) => as === 'lossy')
      ? stored`a message is no UTF-8: some of its characters are lost`
      : null,
  ];
  const commits = newest.map(({ id, message }) => ({ id, message })).toReversed();
  return { commits, headMessage: head.whole, remarks: remarks.filter((remark) => remark !== null) };
}

interface LoggedCommit extends Commit {
  readonly as: ReturnType<typeof decodeMessage>['as'];
  readonly whole: string;
}

/** Newest first; null when git refuses one of the revisions. Streams: a history may be huge. */
async function readLog(
  git: Git,
  revisions: readonly string[],
  options: readonly string[],
  limits: CommitLimits,
): Promise<LoggedCommit[] | null> {
  // One more than wanted tells that there are more.
  const count = `--max-count=${limits.max + 1}`;
  const args = ['rev-list', '--topo-order', count, '--encoding=UTF-8', '--format=%B%x00', ...options];
  const commits: LoggedCommit[] = [];
  let record = new Record();
  let isRefused = true;
  const onExit = (exitCode: number): void => {
    isRefused = exitCode !== 0;
  };
  for await (const chunk of git.stream([...args, '--stdin'], {
    stdin: `${revisions.join('\n')}\n`,
    onExit,
  })) {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      record.add(chunk.subarray(from, end));
      const commit = parseRecord(record, limits);
      if (commit) commits.push(commit);
      record = new Record();
      from = end + 1;
    }
    record.add(chunk.subarray(from));
  }
  return isRefused ? null : commits;
}

/** What git prints of one commit. A message may be megabytes long: only its beginning is kept. */
class Record {
  readonly #parts: Buffer[] = [];
  #size = 0;

  add(part: Buffer): void {
    const room = HEAD_LINE_BYTES + HEAD_MESSAGE_BYTES - this.#size;
    if (room > 0) this.#parts.push(part.subarray(0, room));
    this.#size += part.length;
  }

  /** The bytes that were kept, and whether there were more. */
  read(): { bytes: Buffer; isCut: boolean } {
    const bytes = Buffer.concat(this.#parts);
    return { bytes, isCut: this.#size > bytes.length };
  }
}

function parseRecord(record: Record, limits: CommitLimits): LoggedCommit | null {
  const { bytes, isCut } = record.read();
  const [head = '', name = ''] = RECORD.exec(bytes.toString('latin1', 0, HEAD_LINE_BYTES)) ?? [];
  const id = parseOid(name);
  if (!id) return null;
  const { text, as } = decodeMessage(bytes.subarray(head.length), isCut);
  return { id, message: cutUtf8(text, limits.maxMessageBytes).trimEnd(), as, whole: text };
}
